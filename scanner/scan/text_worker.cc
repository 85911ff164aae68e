// SPDX-License-Identifier: Apache-2.0
#include "scan/text_worker.h"

#include "scan/object_scan.h"

namespace keysift {

void TextWorker::Scan(std::string_view text, TextScanner::Place place,
                      const std::function<std::string()>& what) {
  const Result<void> scanned = texts_.ScanWhole(text, place, &scratch_);
  if (!scanned) {
    gaps_.push_back(GapOf(scanned.error(), what()));
    return;
  }
  if (texts_.limits() != 0) {
    gaps_.push_back(GapOfLimits(texts_.limits(), what()));
  }
  ++scanned_;
  bytes_ += text.size();
  progress_->bytes_done.fetch_add(text.size(), std::memory_order_relaxed);
  progress_->objects_done.fetch_add(1, std::memory_order_relaxed);
}

void TextTally::Join(TextWorker* worker) {
  TextScanner& texts = worker->texts_;
  outcome_.Merge(std::move(texts.outcome()));
  gaps_.insert(gaps_.end(), worker->gaps_.begin(), worker->gaps_.end());
  encrypted_.Merge(std::move(worker->encrypted_));
  scanned_ += worker->scanned_;
  bytes_ += worker->bytes_;
}

void TextTally::AddTo(Coverage* coverage) const {
  coverage->bytes_scanned += bytes_;
  coverage->bytes_total += bytes_;
  coverage->suppressed_inline += outcome_.inline_allowed;
  coverage->below_confidence += outcome_.below_confidence.size();
  for (const Gap& gap : gaps_) {
    coverage->bytes_total += gap.bytes;
  }
}

}  // namespace keysift
