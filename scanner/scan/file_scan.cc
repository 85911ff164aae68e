// SPDX-License-Identifier: Apache-2.0
#include "scan/file_scan.h"

#include <utility>

#include "base/parallel.h"
#include "scan/object_scan.h"

namespace keysift {
namespace {

Gap GapOfProblem(const SourceProblem& problem) {
  Gap gap = GapOf(problem.error, problem.path);
  gap.bytes = problem.bytes;
  return gap;
}

// Scans what a source hands on as the file of that number.
SourceSink SinkFor(TextWorker* worker, const uint32_t* number, PlaceKind kind,
                   ScanProgress* progress) {
  SourceSink sink;
  sink.text = [worker, number, kind](const SourceText& text) {
    worker->Scan(text.bytes, {*number, kind}, [&text] { return text.path; });
    worker->NoteEncryption(text.bytes, text.path);
  };
  sink.problem = [worker](const SourceProblem& problem) {
    worker->AddGap(GapOfProblem(problem));
  };
  sink.stopped = [progress] { return progress->cancelled.load(); };
  return sink;
}

}  // namespace

Result<std::unique_ptr<TextWorker>> FileScan::CreateWorker() const {
  return TextScanner::Create({engine_->rules, verifier_, options_},
                             *engine_->patterns)
      .map([this](TextScanner&& texts) {
        return std::make_unique<TextWorker>(std::move(texts), progress_);
      });
}

// For lists of files: problems only.
SourceSink FileScan::ListingSink() {
  SourceSink sink;
  sink.text = [](const SourceText&) {};
  sink.problem = [this](const SourceProblem& problem) {
    tally_.AddGap(GapOfProblem(problem));
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
  Result<std::unique_ptr<TextWorker>> worker = CreateWorker();
  if (!worker) {
    return tl::unexpected(std::move(worker.error()));
  }
  const uint32_t number = 0;
  paths_ = {"-"};
  Result<void> read = ReadStandardInput(
      options_->max_file_size,
      SinkFor(worker->get(), &number, PlaceKind::kStdin, progress_));
  tally_.Join(worker->get());
  return read;
}

Result<void> FileScan::ScanAll(const std::vector<ListedFile>& files,
                               const FileSourceOptions& options) {
  std::vector<std::unique_ptr<TextWorker>> workers;
  for (unsigned i = 0; i < options_->ThreadCount(); ++i) {
    Result<std::unique_ptr<TextWorker>> worker = CreateWorker();
    if (!worker) {
      return tl::unexpected(std::move(worker.error()));
    }
    workers.push_back(std::move(*worker));
  }
  for (const ListedFile& file : files) {
    paths_.push_back(file.relative);
  }
  progress_->phase = "reading files";
  progress_->objects_total += files.size();
  ParallelFor(static_cast<unsigned>(workers.size()), files.size(),
              [&](size_t i, unsigned number) {
                if (progress_->cancelled) {
                  return;
                }
                const uint32_t file = static_cast<uint32_t>(i);
                ReadListedFile(files[i], options,
                               SinkFor(workers[number].get(), &file,
                                       PlaceKind::kFile, progress_));
              });
  for (std::unique_ptr<TextWorker>& worker : workers) {
    tally_.Join(worker.get());
  }
  return {};
}

std::vector<Gap> FileScan::gaps() const {
  std::vector<Gap> gaps = tally_.gaps();
  tally_.encrypted().AddGap(&gaps);
  return gaps;
}

void FileScan::FillCoverage(Coverage* coverage) const {
  coverage->files_scanned += tally_.scanned();
  tally_.AddTo(coverage);
}

}  // namespace keysift
