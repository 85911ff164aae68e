// SPDX-License-Identifier: Apache-2.0
//
// Many repositories, in steps:
//   look    every repository's state on disk is compared with the store's
//   large   those worth all threads are scanned one at a time, largest first
//   small   the others side by side, one thread each
// Before a repository is read, its share of the memory budget is taken, and it
// waits while others hold too much; what needs more than there is waits until
// it is alone. Reports go into the store one at a time.
// Test: tests/cli/bulk_scan_test.py.
#include "scan/bulk_scan.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <ctime>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>

#include "base/file.h"
#include "base/parallel.h"
#include "base/sha.h"
#include "git/repository.h"
#include "scan/bulk_state.h"
#include "scan/known_packs.h"
#include "verify/prepared_rules.h"

namespace keysift {
namespace {

// A repository whose packs are larger gets all threads.
constexpr uint64_t kLargePacks = 16u << 20;
// What a scan needs beside its packs, and the process beside its scans
// (measured: tests/bench/README.md).
constexpr uint64_t kPerThread = 24u << 20;
constexpr uint64_t kPerIndexByte = 12;
constexpr uint64_t kBase = 96u << 20;
// Regexes keep what they learn of the texts that they see (RE2's automata, up
// to 4 MiB for each of hundreds of rules): they are made anew after so many
// bytes of packs, of which each repository counts for some. It takes 60 ms.
constexpr uint64_t kRegexesLast = 256u << 20;
constexpr uint64_t kLeastPack = 1u << 20;
constexpr uint64_t kPerLoose = 512;
constexpr int kMaxAttempts = 3;

// Bytes that may be held, waited for.
class MemoryGate {
 public:
  explicit MemoryGate(uint64_t budget) : budget_(budget) {}

  // Waits until `bytes` more fit, or nobody holds any.
  void Take(uint64_t bytes) {
    std::unique_lock<std::mutex> lock(mutex_);
    freed_.wait(lock, [&]() { return held_ == 0 || held_ + bytes <= budget_; });
    held_ += bytes;
  }
  void Give(uint64_t bytes) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      held_ -= bytes;
    }
    freed_.notify_all();
  }

 private:
  const uint64_t budget_;
  std::mutex mutex_;  // guards held_
  std::condition_variable freed_;
  uint64_t held_ = 0;
};

// Scans that run now: an interrupt reaches each, and what they have done so
// far is summed up, by a thread of its own.
class Watch {
 public:
  explicit Watch(BulkProgress* progress) : progress_(progress) {
    thread_ = std::thread([this]() { Run(); });
  }
  ~Watch() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      done_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  void Begin(ScanProgress* scan) {
    std::lock_guard<std::mutex> lock(mutex_);
    scans_.insert(scan);
  }
  void End(ScanProgress* scan) {
    std::lock_guard<std::mutex> lock(mutex_);
    scans_.erase(scan);
    objects_ += scan->objects_done;
    bytes_ += scan->bytes_done;
  }

 private:
  void Run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!done_) {
      wake_.wait_for(lock, std::chrono::milliseconds(50));
      uint64_t objects = objects_;
      uint64_t bytes = bytes_;
      for (ScanProgress* scan : scans_) {
        objects += scan->objects_done;
        bytes += scan->bytes_done;
        if (progress_->cancelled) {
          scan->cancelled = true;
        }
      }
      progress_->objects = objects;
      progress_->bytes = bytes;
    }
  }

  BulkProgress* progress_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  bool done_ = false;
  std::set<ScanProgress*> scans_;
  uint64_t objects_ = 0;
  uint64_t bytes_ = 0;
  std::thread thread_;
};

// A target and what looking at it told.
struct Looked {
  const BulkTarget* target = nullptr;
  bool wanted = true;  // of this shard
  std::string failure;
  std::string family;
  RepositoryState state;

  bool is_large() const { return state.pack_bytes > kLargePacks; }
};

uint64_t NeedOf(const Looked& looked, unsigned threads) {
  return looked.state.pack_bytes + looked.state.index_bytes * kPerIndexByte +
         looked.state.loose * kPerLoose + threads * kPerThread;
}

// A bug that one repository brings to light must not end the scan of the
// others. (What such an exception says may quote what was read.)
Result<ScanReport> ScanOrFail(const ScanRequest& request,
                              const ScanOptions& options,
                              const ScanEngine& engine,
                              ScanProgress* progress) {
  try {
    return Scan(request, options, engine, progress);
  } catch (const std::logic_error&) {
    return Fail(ErrorKind::kInternal,
                "internal error; please report it, with the repository if you "
                "can");
  }
}

int64_t Now() { return static_cast<int64_t>(std::time(nullptr)); }

class BulkScan {
 public:
  BulkScan(const std::vector<BulkTarget>& targets, const BulkOptions& options,
           const ScanEngine& engine, BulkStore* store, BulkProgress* progress)
      : targets_(targets),
        options_(options),
        engine_(engine),
        prepared_(std::make_shared<PreparedRules>(engine.rules)),
        store_(store),
        progress_(progress),
        threads_(options.scan.ThreadCount()),
        budget_(options.memory - std::min(options.memory, kBase)),
        gate_(budget_),
        watch_(progress) {}

  Result<void> Run() {
    bulk_engine_ = {HashOfEngine(), engine_.rules->hash};
    Result<int64_t> scan = store_->StartScan(bulk_engine_, Now());
    Result<std::map<std::string, std::string>> current =
        store_->Current(bulk_engine_);
    if (!scan || !current) {
      return tl::unexpected(scan ? current.error() : scan.error());
    }
    scan_ = *scan;
    current_ = std::move(*current);
    LookAtAll();
    Result<void> kept = SortOut();
    if (!kept) {
      return kept;
    }
    ScanAll();
    if (error_) {
      return tl::unexpected(*error_);
    }
    if (progress_->cancelled) {
      return {};
    }
    Result<void> tidy = TidyPackShelf(store_->database(), bulk_engine_.hash,
                                      KnownPacks::IsThere);
    return tidy ? store_->FinishScan(scan_, Now()) : tidy;
  }

 private:
  // All that decides what a scan finds.
  std::string HashOfEngine() const {
    const ScanOptions& scan = options_.scan;
    std::string text = engine_.rules->hash + "\n" + options_.note;
    for (const uint64_t number :
         {static_cast<uint64_t>(scan.min_confidence),
          static_cast<uint64_t>(scan.show_secrets), scan.max_file_size,
          static_cast<uint64_t>(scan.max_decode_depth), scan.max_decode_region,
          scan.max_decoded_size, static_cast<uint64_t>(scan.max_archive_depth),
          static_cast<uint64_t>(scan.exhaustive),
          static_cast<uint64_t>(scan.inline_comments)}) {
      text += "\n" + std::to_string(number);
    }
    return Sha256Hex(text + "\n" + Sha256Hex(scan.fingerprint_key));
  }

  void LookAtAll() {
    looked_.resize(targets_.size());
    ParallelFor(threads_, targets_.size(), [&](size_t i, unsigned) {
      if (!progress_->cancelled) {
        LookAt(targets_[i], &looked_[i]);
      }
    });
  }

  void LookAt(const BulkTarget& target, Looked* looked) const {
    looked->target = &target;
    const Result<Repository> repository = Repository::OpenExact(target.path);
    if (!repository && repository.error().kind != ErrorKind::kUnsupported &&
        repository.error().kind != ErrorKind::kDamaged) {
      looked->failure = repository.error().kind == ErrorKind::kNotFound
                            ? "no git repository is there"
                            : repository.error().ToString();
    }
    if (options_.shards > 1) {
      looked->family = repository ? FamilyOf(*repository) : target.name;
      looked->wanted =
          ShardOf(looked->family, options_.shards) == options_.shard;
    }
    if (repository && looked->wanted) {
      looked->state = StateOf(*repository);
    }
  }

  // Notes what is unchanged, and lists what is left: the large ones first.
  Result<void> SortOut() {
    std::vector<std::string> kept;
    for (Looked& looked : looked_) {
      if (looked.target == nullptr || !looked.wanted) {
        continue;
      }
      ++progress_->repositories;
      const auto known = current_.find(looked.target->name);
      if (known != current_.end() && looked.failure.empty() &&
          known->second == looked.state.fingerprint) {
        kept.push_back(looked.target->name);
        continue;
      }
      progress_->bytes_left += looked.state.pack_bytes;
      work_.push_back(&looked);
    }
    std::stable_sort(work_.begin(), work_.end(),
                     [](const Looked* a, const Looked* b) {
                       return a->state.pack_bytes > b->state.pack_bytes;
                     });
    progress_->unchanged += kept.size();
    progress_->done += kept.size();
    return kept.empty() ? Result<void>() : store_->Keep(scan_, kept, Now());
  }

  void ScanAll() {
    const auto small =
        std::find_if(work_.begin(), work_.end(),
                     [](const Looked* looked) { return !looked->is_large(); });
    for (auto one = work_.begin(); one != small; ++one) {
      ScanOne(**one, threads_);
    }
    const size_t first = static_cast<size_t>(small - work_.begin());
    ParallelFor(threads_, work_.size() - first,
                [&](size_t i, unsigned) { ScanOne(*work_[first + i], 1); });
  }

  bool IsOver() {
    std::lock_guard<std::mutex> lock(mutex_);
    return error_.has_value() || progress_->cancelled;
  }

  void ScanOne(const Looked& looked, unsigned threads) {
    if (IsOver()) {
      return;
    }
    while (threads > 1 && NeedOf(looked, threads) > budget_) {
      --threads;
    }
    const uint64_t need = NeedOf(looked, threads);
    gate_.Take(need);
    NoteSize(need);
    if (!IsOver()) {
      ScanAndPut(looked, threads);
    }
    gate_.Give(need);
    progress_->bytes_left -= looked.state.pack_bytes;
    progress_->bytes_packed += looked.state.pack_bytes;
  }

  void NoteSize(uint64_t need) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (need > budget_) {
      ++progress_->oversized;
      progress_->largest_need =
          std::max<uint64_t>(progress_->largest_need, need + kBase);
    }
  }

  // A repository that changes under the scan (repacked, pushed to) is read
  // again if something was not found, as long as it goes on changing.
  void ScanAndPut(Looked looked, unsigned threads) {
    const auto start = std::chrono::steady_clock::now();
    Result<ScanReport> report = Fail(ErrorKind::kNotFound, looked.failure);
    std::vector<ShelvedPack> kept;
    for (int attempt = 0; looked.failure.empty() && attempt < kMaxAttempts;
         ++attempt) {
      KnownPacks packs(store_, &mutex_, bulk_engine_.hash,
                       options_.scan.max_file_size, threads);
      report = ScanRepository(looked, threads, &packs);
      kept = packs.kept();
      if (progress_->cancelled) {
        return;  // not whole: the next run reads it anew
      }
      if (report && report->gaps.empty()) {
        break;
      }
      const Result<Repository> again =
          Repository::OpenExact(looked.target->path);
      if (!again && again.error().kind == ErrorKind::kNotFound) {
        looked.failure = "it was deleted while it was scanned";
        break;
      }
      const std::string before = looked.state.fingerprint;
      looked.state = again ? StateOf(*again) : RepositoryState();
      if (looked.state.fingerprint == before) {
        break;
      }
    }
    const std::chrono::duration<double> took =
        std::chrono::steady_clock::now() - start;
    Put(looked, report, took.count(), kept);
  }

  std::shared_ptr<const PreparedRules> Prepared() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (prepared_for_ > kRegexesLast) {
      prepared_for_ = 0;
      prepared_ = std::make_shared<PreparedRules>(engine_.rules);
    }
    return prepared_;
  }

  Result<ScanReport> ScanRepository(const Looked& looked, unsigned threads,
                                    KnownPacks* packs) {
    ScanRequest request;
    request.path = looked.target->path;
    request.git_files_only = true;
    ScanOptions scan = options_.scan;
    scan.threads = threads;
    scan.memory_budget = std::min(scan.memory_budget, options_.memory / 4);
    scan.known_packs = packs;
    scan.repo_config = false;  // nobody silences a scan of the organisation
    ScanProgress progress;
    watch_.Begin(&progress);
    ScanEngine engine = engine_;
    const std::shared_ptr<const PreparedRules> prepared = Prepared();
    engine.prepared = prepared.get();
    Result<ScanReport> report = ScanOrFail(request, scan, engine, &progress);
    watch_.End(&progress);
    std::lock_guard<std::mutex> lock(mutex_);
    prepared_for_ +=
        std::max(looked.state.pack_bytes, kLeastPack + packs->bytes()) -
        packs->bytes();
    return report;
  }

  void Put(const Looked& looked, const Result<ScanReport>& report,
           double seconds, const std::vector<ShelvedPack>& packs) {
    BulkRepository repository{looked.target->name, looked.target->path,
                              looked.state.fingerprint, looked.family};
    const auto is_cut_short = [](const Gap& gap) {
      return gap.kind == GapKind::kTimeout;
    };
    if (report &&
        std::any_of(report->gaps.begin(), report->gaps.end(), is_cut_short)) {
      repository.fingerprint.clear();  // the next scan reads it again
    }
    std::lock_guard<std::mutex> lock(mutex_);
    const bool failed = !looked.failure.empty() || !report;
    const Result<void> put =
        !failed ? store_->Put(scan_, bulk_engine_, repository, *report, seconds,
                              Now(), packs)
                : store_->PutFailure(scan_, bulk_engine_, repository,
                                     looked.failure.empty()
                                         ? report.error().ToString()
                                         : looked.failure,
                                     Now());
    if (!put && !error_) {
      error_ = put.error();
    }
    progress_->failed += failed ? 1 : 0;
    ++progress_->done;
  }

  const std::vector<BulkTarget>& targets_;
  const BulkOptions& options_;
  const ScanEngine& engine_;
  // Shared, because scans go on with what they began with.
  std::shared_ptr<const PreparedRules> prepared_;  // guarded by mutex_
  uint64_t prepared_for_ = 0;  // bytes of packs; guarded by mutex_
  BulkStore* store_;           // guarded by mutex_ while scans run
  BulkProgress* progress_;
  const unsigned threads_;
  const uint64_t budget_;
  MemoryGate gate_;
  Watch watch_;
  BulkEngine bulk_engine_;
  int64_t scan_ = 0;
  std::map<std::string, std::string> current_;
  std::vector<Looked> looked_;
  std::vector<const Looked*> work_;
  std::mutex mutex_;
  std::optional<Error> error_;  // guarded by mutex_
};

}  // namespace

Result<void> ScanIntoStore(const std::vector<BulkTarget>& targets,
                           const BulkOptions& options, const ScanEngine& engine,
                           BulkStore* store, BulkProgress* progress) {
  return BulkScan(targets, options, engine, store, progress).Run();
}

}  // namespace keysift
