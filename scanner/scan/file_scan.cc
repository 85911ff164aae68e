// SPDX-License-Identifier: Apache-2.0
#include "scan/file_scan.h"

#include <utility>

#include "base/parallel.h"
#include "scan/object_scan.h"

namespace keysift {
namespace {

// What one worker gathers.
struct Worker {
  explicit Worker(TextScanner scanner) : texts(std::move(scanner)) {}

  TextScanner texts;
  ScannedText scratch;
  std::vector<Gap> gaps;
  uint64_t files = 0;
  uint64_t bytes = 0;
};

Gap GapOfProblem(const SourceProblem& problem) {
  Gap gap = GapOf(problem.error, problem.path);
  gap.bytes = problem.bytes;
  return gap;
}

// Scans what a source hands on as the file of that number.
SourceSink SinkFor(Worker* worker, const uint32_t* number, PlaceKind kind,
                   ScanProgress* progress) {
  SourceSink sink;
  sink.text = [worker, number, kind, progress](const SourceText& text) {
    Result<void> scanned =
        worker->texts.ScanWhole(text.bytes, {*number, kind}, &worker->scratch);
    if (!scanned) {
      worker->gaps.push_back(GapOf(scanned.error(), text.path));
      return;
    }
    if (worker->texts.limits() != 0) {
      worker->gaps.push_back(GapOfLimits(worker->texts.limits(), text.path));
    }
    ++worker->files;
    worker->bytes += text.bytes.size();
    progress->bytes_done.fetch_add(text.bytes.size(),
                                   std::memory_order_relaxed);
    progress->objects_done.fetch_add(1, std::memory_order_relaxed);
  };
  sink.problem = [worker](SourceProblem problem) {
    worker->gaps.push_back(GapOfProblem(problem));
  };
  sink.stopped = [progress] { return progress->cancelled.load(); };
  return sink;
}

}  // namespace

Result<TextScanner> FileScan::CreateScanner() const {
  return TextScanner::Create({engine_->rules, verifier_, options_},
                             *engine_->patterns);
}

// For lists of files: problems only.
SourceSink FileScan::ListingSink() {
  SourceSink sink;
  sink.text = [](const SourceText&) {};
  sink.problem = [this](SourceProblem problem) {
    gaps_.push_back(GapOfProblem(problem));
  };
  sink.stopped = [this] { return progress_->cancelled.load(); };
  return sink;
}

Result<void> FileScan::RunGitFiles(const std::string& git_dir,
                                   const std::string& shown_as) {
  FileSourceOptions options;
  options.max_file_size = options_->max_file_size;
  return ScanAll(ListGitFiles(git_dir, shown_as, ListingSink()), options);
}

Result<void> FileScan::RunDirectory(const std::string& root,
                                    const FileSourceOptions& files) {
  Result<std::vector<ListedFile>> listed =
      ListFiles(root, files, ListingSink());
  if (!listed) {
    return tl::unexpected(std::move(listed.error()));
  }
  return ScanAll(*listed, files);
}

Result<void> FileScan::RunFile(const std::string& path) {
  FileSourceOptions options;
  options.max_file_size = options_->max_file_size;
  return ScanAll({{path, path}}, options);
}

Result<void> FileScan::RunStandardInput() {
  Result<TextScanner> scanner = CreateScanner();
  if (!scanner) {
    return tl::unexpected(std::move(scanner.error()));
  }
  Worker worker(std::move(*scanner));
  const uint32_t number = 0;
  paths_ = {"-"};
  Result<void> read = ReadStandardInput(
      options_->max_file_size,
      SinkFor(&worker, &number, PlaceKind::kStdin, progress_));
  Join(&worker.texts);
  files_scanned_ = worker.files;
  bytes_scanned_ = worker.bytes;
  gaps_.insert(gaps_.end(), worker.gaps.begin(), worker.gaps.end());
  return read;
}

Result<void> FileScan::ScanAll(const std::vector<ListedFile>& files,
                               const FileSourceOptions& options) {
  const unsigned threads =
      options_->threads != 0 ? options_->threads : UsableProcessors();
  std::vector<std::unique_ptr<Worker>> workers;
  for (unsigned i = 0; i < threads; ++i) {
    Result<TextScanner> scanner = CreateScanner();
    if (!scanner) {
      return tl::unexpected(std::move(scanner.error()));
    }
    workers.push_back(std::make_unique<Worker>(std::move(*scanner)));
  }
  for (const ListedFile& file : files) {
    paths_.push_back(file.relative);
  }
  progress_->phase = "reading files";
  progress_->objects_total += files.size();
  ParallelFor(threads, files.size(), [&](size_t i, unsigned number) {
    if (progress_->cancelled) {
      return;
    }
    const uint32_t file = static_cast<uint32_t>(i);
    ReadListedFile(
        files[i], options,
        SinkFor(workers[number].get(), &file, PlaceKind::kFile, progress_));
  });
  for (std::unique_ptr<Worker>& worker : workers) {
    Join(&worker->texts);
    files_scanned_ += worker->files;
    bytes_scanned_ += worker->bytes;
    gaps_.insert(gaps_.end(), worker->gaps.begin(), worker->gaps.end());
  }
  return {};
}

void FileScan::Join(TextScanner* scanner) {
  findings_.Merge(std::move(scanner->findings()));
  inline_allowed_ += scanner->inline_allowed();
  below_confidence_.insert(scanner->below_confidence().begin(),
                           scanner->below_confidence().end());
}

void FileScan::FillCoverage(Coverage* coverage) const {
  coverage->files_scanned += files_scanned_;
  coverage->bytes_scanned += bytes_scanned_;
  coverage->bytes_total += bytes_scanned_;
  coverage->suppressed_inline += inline_allowed_;
  coverage->below_confidence += below_confidence_.size();
  for (const Gap& gap : gaps_) {
    coverage->bytes_total += gap.bytes;
  }
}

}  // namespace keysift
