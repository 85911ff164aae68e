// SPDX-License-Identifier: Apache-2.0
//
// What differs between two trees, or between a tree and the staging area.
//
// Both are lists in one order: git sorts a tree's entries as if a directory's
// name ended in '/', which is the order of whole paths in the index. So one
// merge of two sorted lists does it, a directory at a time. Directories with
// equal ids are never opened; the index has no ids for directories but for its
// cache tree, which git keeps valid for all that was not staged since the last
// commit: for a small change nearly everything is passed over, and the trees
// on the way to the change are all that is read.
//
// A cached id is trusted as git trusts it. An index that lies there would
// commit other content than it lists, for `git commit` writes the cached tree:
// exactly the tree that was compared here.
//
// Cost: the trees on the way to a change, and one look at each entry of the
// directories that hold one. Test: tests/source/tree_changes_test.cc.
#include "source/tree_changes.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "git/cache_tree.h"

namespace keysift {
namespace {

// Directories in directories; git refuses paths over 4,096 bytes.
constexpr int kMaxDepth = 2048;

// One name of a directory on either side.
struct Item {
  std::string_view name;  // without a '/' at the end
  EntryKind kind = EntryKind::kFile;
  ObjectId id;
};

// A directory's items in git's order, with the bytes that they point into.
struct Listing {
  Buffer bytes;
  std::vector<Item> items;
};

bool IsBlob(EntryKind kind) {
  return kind == EntryKind::kFile || kind == EntryKind::kSymlink;
}

// Compares names as trees do: a directory's ends in '/'.
int CompareNames(std::string_view a, bool a_is_tree, std::string_view b,
                 bool b_is_tree) {
  const size_t common = std::min(a.size(), b.size());
  const int order = a.substr(0, common).compare(b.substr(0, common));
  if (order != 0) {
    return order;
  }
  const auto next = [common](std::string_view name, bool is_tree) {
    return common < name.size() ? static_cast<uint8_t>(name[common])
           : is_tree            ? uint8_t{'/'}
                                : uint8_t{0};
  };
  return int{next(a, a_is_tree)} - int{next(b, b_is_tree)};
}

class Comparison {
 public:
  explicit Comparison(const ReadObject* read) : read_(read) {}

  void Trees(const std::optional<ObjectId>& before,
             const std::optional<ObjectId>& now, int depth);
  void Index(const std::optional<ObjectId>& before, const IndexFile& index);

  TreeChanges Take() { return std::move(changes_); }

 private:
  // A piece of the index: the entries of one directory.
  struct Range {
    size_t begin;
    size_t end;
    uint32_t cached;  // its row, or kNoRow
  };
  static constexpr uint32_t kNoRow = UINT32_MAX;

  bool List(const std::optional<ObjectId>& tree, Listing* listing);
  void Directory(const std::optional<ObjectId>& before, Range range, int depth);
  void Unstaged(const Item& item, int depth);
  size_t Below(std::string_view name, size_t begin, size_t end) const;
  uint32_t CachedChild(uint32_t row, std::string_view name) const;
  void Enter(std::string_view name, const std::function<void()>& inside);
  void Pair(const Item* before, const Item* now, int depth);
  void Staged(const Item* before, const IndexEntry& entry,
              std::string_view name, int depth);

  const ReadObject* read_;
  TreeChanges changes_;
  std::string prefix_;  // of the directory at hand; ends in '/' unless empty
  const std::vector<IndexEntry>* entries_ = nullptr;
  std::vector<CachedTree> cached_;
};

// False if it cannot be read, which is then a problem.
bool Comparison::List(const std::optional<ObjectId>& tree, Listing* listing) {
  if (!tree) {
    return true;
  }
  Result<ObjectType> type = (*read_)(*tree, &listing->bytes);
  if (type && *type != ObjectType::kTree) {
    type = Fail(ErrorKind::kDamaged, "not a tree");
  }
  Result<void> listed;
  if (!type) {
    listed = tl::unexpected(std::move(type.error()));
  }
  TreeReader reader(listing->bytes.view());
  TreeEntry entry;
  while (listed) {
    const Result<bool> more = reader.Next(&entry);
    if (!more) {
      listed = tl::unexpected(more.error());
    } else if (!*more) {
      return true;
    } else {
      listing->items.push_back({entry.name, entry.kind(), entry.id()});
    }
  }
  Error error = std::move(listed.error());
  error.where = "tree " + tree->ToHex() + (prefix_.empty() ? "" : ", ") +
                prefix_ + (error.where.empty() ? "" : ", ") + error.where;
  changes_.problems.push_back(std::move(error));
  return false;
}

void Comparison::Enter(std::string_view name,
                       const std::function<void()>& inside) {
  const size_t size = prefix_.size();
  prefix_.append(name).append("/");
  inside();
  prefix_.resize(size);
}

// One name with what it was and what it is now; either may be null.
void Comparison::Pair(const Item* before, const Item* now, int depth) {
  if (before != nullptr && now != nullptr && before->id == now->id &&
      (before->kind == now->kind ||
       (IsBlob(before->kind) && IsBlob(now->kind)))) {
    return;
  }
  const auto tree_of = [](const Item* item) {
    return item != nullptr && item->kind == EntryKind::kTree
               ? std::optional<ObjectId>(item->id)
               : std::nullopt;
  };
  const auto blob_of = [](const Item* item) {
    return item != nullptr && IsBlob(item->kind)
               ? std::optional<ObjectId>(item->id)
               : std::nullopt;
  };
  const std::string_view name = now != nullptr ? now->name : before->name;
  if (tree_of(before) || tree_of(now)) {
    Enter(name, [&] { Trees(tree_of(before), tree_of(now), depth + 1); });
  }
  if (blob_of(before) || blob_of(now)) {
    changes_.files.push_back(
        {prefix_ + std::string(name), blob_of(now), blob_of(before)});
  }
  if (now != nullptr && now->kind == EntryKind::kGitlink) {
    changes_.submodules.push_back(prefix_ + std::string(name));
  }
}

void Comparison::Trees(const std::optional<ObjectId>& before,
                       const std::optional<ObjectId>& now, int depth) {
  if (before == now) {
    return;
  }
  if (depth > kMaxDepth) {
    changes_.problems.push_back(
        {ErrorKind::kTooLarge, "directories nested too deep", prefix_});
    return;
  }
  Listing was, is;
  List(before, &was);
  List(now, &is);
  size_t i = 0, k = 0;
  while (i < was.items.size() || k < is.items.size()) {
    const Item* left = i < was.items.size() ? &was.items[i] : nullptr;
    const Item* right = k < is.items.size() ? &is.items[k] : nullptr;
    int order = left == nullptr ? 1 : right == nullptr ? -1 : 0;
    if (order == 0) {
      order = CompareNames(left->name, left->kind == EntryKind::kTree,
                           right->name, right->kind == EntryKind::kTree);
    }
    Pair(order <= 0 ? left : nullptr, order >= 0 ? right : nullptr, depth);
    i += order <= 0 ? 1 : 0;
    k += order >= 0 ? 1 : 0;
  }
}

void Comparison::Index(const std::optional<ObjectId>& before,
                       const IndexFile& index) {
  entries_ = &index.entries();
  Result<std::vector<CachedTree>> cached = ParseCacheTree(index.cache_tree());
  if (cached) {
    cached_ = std::move(*cached);  // damaged: only slower
  }
  Directory(before, {0, entries_->size(), cached_.empty() ? kNoRow : 0}, 0);
}

// One past the last entry of [begin, end) that lies below prefix_ + name + '/'.
size_t Comparison::Below(std::string_view name, size_t begin,
                         size_t end) const {
  const std::string folder = prefix_ + std::string(name) + "/";
  const auto first = entries_->begin();
  const auto found = std::partition_point(
      first + static_cast<std::ptrdiff_t>(begin),
      first + static_cast<std::ptrdiff_t>(end), [&](const IndexEntry& entry) {
        return entry.path().substr(0, folder.size()) <= folder;
      });
  return static_cast<size_t>(found - first);
}

uint32_t Comparison::CachedChild(uint32_t row, std::string_view name) const {
  if (row == kNoRow) {
    return kNoRow;
  }
  for (uint32_t child = row + 1; child < cached_[row].subtree_end;
       child = cached_[child].subtree_end) {
    if (cached_[child].name == name) {
      return child;
    }
  }
  return kNoRow;
}

// One path that is staged as a blob, a submodule, or a directory that a sparse
// index does not unfold.
void Comparison::Staged(const Item* before, const IndexEntry& entry,
                        std::string_view name, int depth) {
  if (entry.intent_to_add()) {
    return;
  }
  const Item now{name, entry.kind(), entry.id()};
  Pair(before, &now, depth);
}

// What HEAD has and the index has not.
void Comparison::Unstaged(const Item& item, int depth) {
  Pair(&item, nullptr, depth);
}

void Comparison::Directory(const std::optional<ObjectId>& before, Range range,
                           int depth) {
  if (range.cached != kNoRow) {
    const CachedTree& cached = cached_[range.cached];
    if (cached.id && before && *cached.id == *before &&
        cached.entry_count == static_cast<int64_t>(range.end - range.begin)) {
      return;
    }
  }
  if (depth > kMaxDepth) {
    changes_.problems.push_back(
        {ErrorKind::kTooLarge, "directories nested too deep", prefix_});
    return;
  }
  Listing was;
  List(before, &was);
  size_t i = 0;
  for (size_t k = range.begin; k < range.end;) {
    const IndexEntry& entry = (*entries_)[k];
    std::string_view name = entry.path().substr(prefix_.size());
    const size_t slash = name.find('/');
    const bool is_folder = slash != std::string_view::npos;
    // A sparse directory is one entry that ends in its only '/'.
    const bool is_sparse = is_folder && slash + 1 == name.size();
    name = name.substr(0, slash);
    int order = 1;
    for (; i < was.items.size(); ++i) {
      const Item& item = was.items[i];
      order = CompareNames(item.name, item.kind == EntryKind::kTree, name,
                           is_folder);
      if (order >= 0) {
        break;
      }
      Unstaged(item, depth);
    }
    const Item* match =
        i < was.items.size() && order == 0 ? &was.items[i] : nullptr;
    if (is_folder && !is_sparse) {
      const size_t end = Below(name, k, range.end);
      const Range inner{k, end, CachedChild(range.cached, name)};
      Enter(name, [&] {
        Directory(match != nullptr ? std::optional<ObjectId>(match->id)
                                   : std::nullopt,
                  inner, depth + 1);
      });
      k = end;
    } else {
      // An unresolved path has up to three entries, each a side of the merge.
      size_t end = k;
      while (end < range.end && (*entries_)[end].path() == entry.path()) {
        Staged(match, (*entries_)[end++], name, depth);
      }
      k = end;
    }
    i += match != nullptr ? 1 : 0;
  }
  for (; i < was.items.size(); ++i) {
    Unstaged(was.items[i], depth);
  }
}

}  // namespace

TreeChanges CompareTrees(const std::optional<ObjectId>& before,
                         const std::optional<ObjectId>& now,
                         const ReadObject& read) {
  Comparison comparison(&read);
  comparison.Trees(before, now, 0);
  return comparison.Take();
}

TreeChanges CompareIndex(const std::optional<ObjectId>& before,
                         const IndexFile& index, const ReadObject& read) {
  Comparison comparison(&read);
  comparison.Index(before, index);
  return comparison.Take();
}

}  // namespace keysift
