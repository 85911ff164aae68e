// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "content/encryption.h"
#include "finding/finding_set.h"
#include "finding/gap.h"
#include "finding/scan_report.h"
#include "scan/encrypted_texts.h"
#include "scan/scan.h"
#include "scan/text_scanner.h"

namespace keysift {

// One worker of a scan that reads each text in full: files, and what a change
// adds. One per thread; a TextTally joins them when all are done.
class TextWorker {
 public:
  TextWorker(TextScanner texts, ScanProgress* progress)
      : texts_(std::move(texts)), progress_(progress) {}

  // Scans `text`; what cannot be scanned of it is a gap that `what` names.
  void Scan(std::string_view text, TextScanner::Place place,
            const std::function<std::string()>& what);
  void AddGap(Gap gap) { gaps_.push_back(std::move(gap)); }
  // Notes if `text`, called so in reports, is encrypted as a whole.
  void NoteEncryption(std::string_view text, const std::string& name) {
    encrypted_.Add(name, EncryptionOf(text));
  }

  // For texts that count neither as objects nor as files: names.
  TextScanner& texts() { return texts_; }
  ScannedText& scratch() { return scratch_; }

 private:
  friend class TextTally;

  TextScanner texts_;
  ScanProgress* progress_;
  ScannedText scratch_;
  std::vector<Gap> gaps_;
  EncryptedTexts encrypted_;
  uint64_t scanned_ = 0;
  uint64_t bytes_ = 0;
};

// What all workers of a scan found and counted.
class TextTally {
 public:
  // Takes over what the worker has.
  void Join(TextWorker* worker);
  void AddGap(Gap gap) { gaps_.push_back(std::move(gap)); }

  FindingSet& findings() { return outcome_.findings; }
  const std::vector<Gap>& gaps() const { return gaps_; }
  // Of the texts whose encryption was noted.
  const EncryptedTexts& encrypted() const { return encrypted_; }
  uint64_t scanned() const { return scanned_; }  // texts
  // Adds all but the number of texts, which are objects or files.
  void AddTo(Coverage* coverage) const;

 private:
  TextOutcome outcome_;
  std::vector<Gap> gaps_;
  EncryptedTexts encrypted_;
  uint64_t scanned_ = 0;
  uint64_t bytes_ = 0;
};

}  // namespace keysift
