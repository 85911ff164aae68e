// SPDX-License-Identifier: Apache-2.0
#include "scan/object_scan.h"

#include <algorithm>
#include <utility>

#include "content/encryption.h"
#include "git/commit.h"
#include "git/tag.h"

namespace keysift {
namespace {

// New names of trees are matched together when this much has come.
constexpr uint64_t kNamesBytes = 64u << 10;
// Which ids are computed from the content and compared, besides those of
// commits and tags, and of what holds a finding: all of a pack of up to
// kSmallPack bytes, and of larger ones the ids that begin with one of two bytes
// (one in 128): those are neighbours in the index, so that it need not be
// looked at for each object, and the same in each pack.
constexpr uint64_t kSmallPack = 16u << 20;
constexpr uint8_t kFirstHashed = 0x5a;
constexpr uint8_t kLastHashed = 0x5b;
// Progress is told in steps of this many objects.
constexpr uint64_t kProgressStep = 256;
// Git LFS specification, "The Pointer": under 1,024 bytes, and first the
// version.
constexpr uint64_t kMaxPointer = 1024;
constexpr std::string_view kPointerStart =
    "version https://git-lfs.github.com/spec/";

GapKind KindOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kTooLarge:
      return GapKind::kTooLarge;
    case ErrorKind::kUnsupported:
      return GapKind::kUnsupported;
    case ErrorKind::kIo:
      return GapKind::kUnreadable;
    case ErrorKind::kNotFound:
      return GapKind::kMissing;
    default:
      return GapKind::kDamaged;
  }
}

PlaceKind PlaceKindOf(ObjectType type) {
  switch (type) {
    case ObjectType::kCommit:
      return PlaceKind::kCommitMessage;
    case ObjectType::kTag:
      return PlaceKind::kTagMessage;
    default:
      return PlaceKind::kBlob;
  }
}

}  // namespace

bool IsSmallPack(const PackFile& pack) {
  return pack.file_size() <= kSmallPack;
}

Gap GapOf(const Error& error, std::string what) {
  Gap gap;
  gap.kind = KindOf(error.kind);
  gap.what = std::move(what);
  gap.where = error.where;
  gap.detail = error.message;
  return gap;
}

ObjectScan::ObjectScan(const Shared& shared, TextScanner texts)
    : shared_(shared),
      texts_(std::move(texts)),
      trees_(std::make_unique<TreeScan>(shared.marks, false)),
      reader_(shared.store, shared.options->max_file_size),
      walker_({shared.options->max_file_size, shared.memory},
              [this](const ObjectId& id, Buffer* content) {
                return reader_.Read(id, content);
              }) {}

PackFacts* ObjectScan::FactsOf(const ObjectStore::Pack* pack) {
  const std::vector<ObjectStore::Pack>& packs = shared_.store->packs();
  facts_.resize(packs.size() + 1);
  const size_t number =
      pack == nullptr ? 0 : static_cast<size_t>(pack - packs.data()) + 1;
  if (facts_[number] == nullptr) {
    const bool with_links = shared_.with_links && pack != nullptr;
    facts_[number] = std::make_unique<PackFacts>(
        with_links ? pack->first : 0, with_links ? pack->file.count() : 0);
  }
  return facts_[number].get();
}

void ObjectScan::ScanTexts(const WorkItem& item) {
  phase_ = Phase::kTexts;
  now_ = FactsOf(item.rows.empty() ? item.pack : nullptr);
  std::swap(texts_.outcome(), now_->texts);
  Walk(item);
  std::swap(texts_.outcome(), now_->texts);
}

void ObjectScan::StartTrees(bool record) {
  trees_ = std::make_unique<TreeScan>(shared_.marks, record);
  ++tree_passes_;
}

void ObjectScan::ScanTrees(const WorkItem& item, bool with_names) {
  phase_ = Phase::kTrees;
  now_ = FactsOf(item.rows.empty() ? item.pack : nullptr);
  const bool with_links = shared_.with_links && now_ != facts_[0].get();
  trees_->set_links(with_links ? &now_->named_by_trees : nullptr);
  std::swap(texts_.outcome(), now_->names);
  with_names_ = with_names;
  Walk(item);
  ScanNames();
  std::swap(texts_.outcome(), now_->names);
}

void ObjectScan::Walk(const WorkItem& item) {
  if (item.pack == nullptr) {
    ReadLoose(item);
    return;
  }
  pack_ = item.pack;
  hash_all_ = shared_.options->exhaustive || IsSmallPack(pack_->file);
  hashed_rows_ = pack_->file.index().RowsFrom(kFirstHashed, kLastHashed);
  for (uint32_t row : item.rows) {
    ReadSingle(pack_->first + row);
  }
  for (uint32_t tree : item.trees) {
    if (shared_.progress->cancelled) {
      return;
    }
    walker_.Walk(pack_->file, pack_->forest, pack_->forest.trees()[tree], this);
  }
}

void ObjectScan::ReadLoose(const WorkItem& item) {
  hash_all_ = true;
  for (uint32_t i = item.loose_begin; i < item.loose_end; ++i) {
    ReadSingle(shared_.store->first_loose() + i);
  }
}

// Reads an object by itself, not as a delta of one that was just read.
void ObjectScan::ReadSingle(uint32_t number) {
  if (shared_.progress->cancelled) {
    return;
  }
  const Result<ObjectType> type = reader_.Read(number, &single_);
  const bool is_tree = type && *type == ObjectType::kTree;
  if (is_tree != (phase_ == Phase::kTrees)) {
    return;
  }
  if (!type) {
    Lose(number, type.error());
    return;
  }
  WalkedObject object;
  object.type = *type;
  object.content = single_.view();
  if (is_tree) {
    VisitTree(object, number);
  } else {
    VisitText(object, number);
  }
}

void ObjectScan::Visit(const WalkedObject& object) {
  if (shared_.progress->cancelled) {
    return;
  }
  const uint32_t number = pack_->NumberOf(object.entry);
  const bool is_tree = object.type == ObjectType::kTree;
  if (is_tree && phase_ == Phase::kTrees) {
    VisitTree(object, number);
  } else if (!is_tree && phase_ == Phase::kTexts) {
    VisitText(object, number);
  }
}

void ObjectScan::Lost(uint32_t entry, const Error& error) {
  const ObjectType type = pack_->file.entries()[entry].type;
  const bool is_tree = type == ObjectType::kTree;
  if (is_tree == (phase_ == Phase::kTrees)) {
    Error placed = error;
    if (placed.where.empty()) {
      placed.where = pack_->file.path() + ":" +
                     std::to_string(pack_->file.entries()[entry].offset);
    }
    Lose(pack_->NumberOf(entry), placed);
  }
}

void ObjectScan::VisitText(const WalkedObject& object, uint32_t number) {
  if (scanned_.size() <= object.slot) {
    scanned_.resize(object.slot + 1);
  }
  const uint32_t first = shared_.store->FirstCopy(number);
  const TextPlace place{first, PlaceKindOf(object.type)};
  ScannedText* out = &scanned_[object.slot];
  const uint64_t known = texts_.findings().occurrences();
  Result<void> scanned;
  if (object.map != nullptr && !shared_.options->exhaustive) {
    scanned = texts_.ScanDelta(object.content, *object.map,
                               scanned_[object.base_slot], place, out);
  } else {
    scanned = texts_.ScanWhole(object.content, place, out);
  }
  if (!scanned) {
    Lose(number, scanned.error());
    return;
  }
  if (texts_.limits() != 0) {
    now_->limits.emplace_back(number, texts_.limits());
  }
  if (self_check_ && self_check_->IsChosen(shared_.store->raw_id(number))) {
    Result<void> same = self_check_->Check(object.content, *out);
    if (!same && !self_check_error_) {
      self_check_error_ = std::move(same.error());
      self_check_error_->where = "object " + shared_.store->id(number).ToHex();
    }
  }
  if (texts_.findings().occurrences() != known) {
    shared_.marks->Set(first, ObjectMarks::kTarget);
  }
  if (IsToHash(object.type, number) ||
      texts_.findings().occurrences() != known) {
    CheckId(object.type, object.content, number);
  }
  if (object.type != ObjectType::kBlob) {
    NoteLinks(object.type, object.content, number);
  } else {
    NoteUnreadable(object.content, number);
  }
  ++now_->text_count;
  now_->text_bytes += object.content.size();
  Count(first, object.content.size());
}

// A blob that stands for content, and does not show it.
void ObjectScan::NoteUnreadable(std::string_view content, uint32_t number) {
  if (content.size() <= kMaxPointer && content.starts_with(kPointerStart)) {
    now_->pointers.push_back(number);
  }
  const std::string_view how = EncryptionOf(content);
  if (!how.empty()) {
    now_->encrypted.emplace_back(number, how);
  }
}

// A text, if it is what its id says.
Result<ObjectType> ObjectScan::ReadSure(uint32_t number, Buffer* content) {
  const Result<ObjectType> type = reader_.Read(number, content);
  if (type &&
      (*type == ObjectType::kTree || ComputeId(*type, content->view()).raw() !=
                                         shared_.store->raw_id(number))) {
    return Fail(ErrorKind::kDamaged, "another object");
  }
  return type;
}

bool ObjectScan::ScanAgain(uint32_t number, const std::vector<KnownHit>* hits,
                           TextOutcome* out) {
  Buffer content;
  const Result<ObjectType> type = ReadSure(number, &content);
  if (!type) {
    return false;
  }
  const TextPlace place{number, PlaceKindOf(*type)};
  std::swap(texts_.outcome(), *out);
  const bool scanned =
      hits != nullptr
          ? texts_.ScanKnown(content.view(), *hits, place, &apart_)
          : texts_.ScanWhole(content.view(), place, &apart_).has_value();
  std::swap(texts_.outcome(), *out);
  return scanned;
}

std::optional<std::vector<KnownHit>> ObjectScan::HitsOf(uint32_t number) {
  Buffer content;
  const Result<ObjectType> type = ReadSure(number, &content);
  if (!type) {
    return std::nullopt;
  }
  TextOutcome dropped;
  std::swap(texts_.outcome(), dropped);
  const Result<void> scanned =
      texts_.ScanWhole(content.view(), {number, PlaceKindOf(*type)}, &apart_);
  std::swap(texts_.outcome(), dropped);
  return scanned ? TextScanner::HitsToKeep(content.view(), apart_)
                 : std::nullopt;
}

// What a commit or a tag names.
void ObjectScan::NoteLinks(ObjectType type, std::string_view content,
                           uint32_t number) {
  if (type == ObjectType::kTag) {
    Result<Tag> tag = Tag::Parse(content);
    if (!tag) {
      Lose(number, tag.error());
      return;
    }
    now_->tags.emplace_back(shared_.store->FirstCopy(number),
                            Name(tag->target.raw(), ObjectMarks::kNamedElse));
    return;
  }
  Result<Commit> commit = Commit::Parse(content);
  if (!commit) {
    Lose(number, commit.error());
    return;
  }
  CommitNode node;
  node.object = shared_.store->FirstCopy(number);
  node.tree = Name(commit->tree.raw(), ObjectMarks::kNamedTree);
  node.time = commit->committer.time;
  for (const ObjectId& parent : commit->parents) {
    node.parents.push_back(Name(parent.raw(), ObjectMarks::kNamedElse));
  }
  now_->commits.push_back(std::move(node));
}

// The number of what a commit or a tag names.
uint32_t ObjectScan::Name(std::string_view raw_id, uint8_t mark) {
  const uint32_t number = shared_.marks->Name(raw_id, mark);
  if (shared_.with_links && now_ != facts_[0].get()) {
    now_->named_by_texts.Add(number, mark);
  }
  return number;
}

void ObjectScan::VisitTree(const WalkedObject& object, uint32_t number) {
  if (read_.size() <= object.slot) {
    read_.resize(object.slot + 1);
  }
  ReadTree* out = &read_[object.slot];
  bool sound;
  if (object.content.size() > UINT32_MAX) {
    out->entries.clear();
    out->damaged = true;
    sound = false;
  } else if (object.map != nullptr) {
    sound = trees_->ReadDelta(object.content, *object.map,
                              read_[object.base_slot], number, out);
  } else {
    sound = trees_->ReadWhole(object.content, number, out);
  }
  if (!sound) {
    Lose(number, Error{ErrorKind::kDamaged, "a tree entry does not parse", ""});
  } else {
    const uint32_t first = shared_.store->FirstCopy(number);
    shared_.marks->Set(first, ObjectMarks::kTree);
    if (IsToHash(object.type, number)) {
      CheckId(object.type, object.content, number);
    }
    NoteTree(object, number);
    Count(first, object.content.size());
  }
  if (trees_->new_names().size() >= kNamesBytes) {
    ScanNames();
  }
}

void ObjectScan::NoteTree(const WalkedObject& object, uint32_t number) {
  if (tree_passes_ > 1 || !shared_.with_links || now_ == facts_[0].get()) {
    return;
  }
  now_->is_tree.resize(pack_->file.count());
  now_->is_tree[number - pack_->first] = true;
  ++now_->tree_count;
  now_->tree_bytes += object.content.size();
}

// Scans the names that were new in trees. They are matched together, as the
// lines of one text, but only to learn which of them deserve a look: each of
// those is then a text by itself, so that it does not matter which names came
// together.
void ObjectScan::ScanNames() {
  if (!with_names_) {
    trees_->ClearNames();
    return;
  }
  const std::string_view text = trees_->new_names();
  const std::vector<TreeScan::NewName>& starts = trees_->new_name_starts();
  Result<void> matched = texts_.FindHits(text, &name_hits_);
  size_t line = 0;
  uint64_t scanned_to = 0;
  for (const Hit& hit : name_hits_) {
    if (hit.end() <= scanned_to) {
      continue;
    }
    while (line + 1 < starts.size() && starts[line + 1].begin < hit.end()) {
      ++line;
    }
    const uint64_t begin = starts[line].begin;
    scanned_to =
        line + 1 < starts.size() ? starts[line + 1].begin : text.size();
    const uint64_t known = texts_.findings().occurrences();
    const uint32_t tree = shared_.store->FirstCopy(starts[line].tree);
    const Result<void> one =
        texts_.ScanWhole(text.substr(begin, scanned_to - 1 - begin),
                         {tree, PlaceKind::kFileName}, &apart_);
    if (!one) {
      matched = one;
    }
    if (texts_.findings().occurrences() != known) {
      shared_.marks->Set(tree, ObjectMarks::kTarget);
    }
  }
  if (!matched) {
    gaps_.push_back(GapOf(matched.error(), "file names"));
    now_->sound = false;
  }
  trees_->ClearNames();
}

void ObjectScan::Lose(uint32_t number, const Error& error) {
  now_->sound = false;
  if (shared_.marks->SetNew(number, ObjectMarks::kLost)) {
    lost_.push_back(
        {number, GapOf(error, "object " + shared_.store->id(number).ToHex())});
  }
}

// An object was read, and not what the index leaves out behind it.
void ObjectScan::Unlisted(uint32_t entry, const Error& error) {
  const bool is_tree = pack_->file.entries()[entry].type == ObjectType::kTree;
  if (is_tree == (phase_ == Phase::kTrees)) {
    Gap gap =
        GapOf(error, "bytes after object " + pack_->file.id(entry).ToHex());
    gap.where = pack_->file.path();
    gaps_.push_back(std::move(gap));
    now_->sound = false;
  }
}

// An index may lie about ids: then an absent object may seem to be there, and
// places are those of another object. To compute all ids takes nearly as long
// as the scan (1.9 s of CPU time for the 3.8 GB of curl's history, scanned in
// 2.3), so it is done where it is cheap or where a lie would matter: for
// commits and tags (0.6 % of the bytes, and history's order hangs on them),
// what holds a finding, small packs, a sample of large ones, and, once all
// names are known, for what does not fit them (HistoryScan::CheckDoubtful).
// That is 1 % of a scan of curl. tests/README.md says what is left.
bool ObjectScan::IsToHash(ObjectType type, uint32_t number) const {
  if (hash_all_ || type == ObjectType::kCommit || type == ObjectType::kTag) {
    return true;
  }
  const uint32_t row = number - pack_->first;
  return row >= hashed_rows_.begin && row < hashed_rows_.end;
}

void ObjectScan::CheckId(ObjectType type, std::string_view content,
                         uint32_t number) {
  if (!shared_.marks->SetNew(number, ObjectMarks::kHashed)) {
    return;
  }
  if (shared_.with_links) {
    now_->hashed.push_back(number);
  }
  if (HasSureId(number)) {
    return;
  }
  if (ComputeId(type, content).raw() != shared_.store->raw_id(number)) {
    Gap gap;
    gap.kind = GapKind::kDamaged;
    gap.what = "object " + shared_.store->id(number).ToHex();
    gap.where = shared_.store->pack_of(number).file.path();
    gap.detail = "its content, which was scanned, is not that of its id";
    gaps_.push_back(std::move(gap));
    now_->sound = false;
  }
}

// Loose objects are compared whenever they are read, and where there is no
// index to rely on, all ids were computed when the pack was opened.
bool ObjectScan::HasSureId(uint32_t number) const {
  return number >= shared_.store->first_loose() ||
         shared_.store->pack_of(number).file.has_computed_ids();
}

void ObjectScan::CheckId(uint32_t number) {
  now_ = FactsOf(&shared_.store->pack_of(number));
  Buffer content;
  const Result<ObjectType> type = reader_.Read(number, &content);
  if (type) {
    CheckId(*type, content.view(), number);
  }
}

void ObjectScan::Count(uint32_t number, uint64_t bytes) {
  if (!shared_.marks->SetNew(number, ObjectMarks::kScanned)) {
    return;
  }
  bytes_scanned_ += bytes;
  if (++objects_scanned_ % kProgressStep == 0) {
    shared_.progress->objects_done.fetch_add(kProgressStep,
                                             std::memory_order_relaxed);
    shared_.progress->bytes_done.fetch_add(bytes_scanned_ - bytes_told_,
                                           std::memory_order_relaxed);
    bytes_told_ = bytes_scanned_;
  }
}

}  // namespace keysift
