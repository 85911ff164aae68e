// SPDX-License-Identifier: Apache-2.0
//
// Random trees, and deltas of them with cuts anywhere, against reading every
// tree in full; and the events against what each tree really holds.
#include "scan/tree_scan.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "git/tree.h"
#include "support/pack_builder.h"

namespace keysift {
namespace {

using Random = std::mt19937;

uint64_t Below(Random* random, uint64_t limit) { return (*random)() % limit; }

std::string Id(uint64_t number) {
  return PackBuilder::IdOf("blob", std::to_string(number));
}

// Ids 0-39 are in the store, those from 40 on are absent.
ObjectStore SomeStore() {
  std::vector<ObjectStore::Loose> loose;
  for (uint64_t i = 0; i < 40; ++i) {
    loose.push_back({ObjectId::FromRaw(Id(i)), ""});
  }
  std::vector<PackProblem> problems;
  return ObjectStore::Open({}, std::move(loose), 1, &problems);
}

std::string RandomEntry(Random* random) {
  static const std::vector<std::string> kModes = {"100644", "100755", "40000",
                                                  "120000", "160000"};
  std::string name;
  do {
    // Names and ids that look like entries confuse who guesses.
    name += std::string("a 1/0 4")[Below(random, 7)];
  } while (Below(random, 3) != 0);
  const uint64_t id = Below(random, 44);
  return kModes[Below(random, kModes.size())] + " n" + name + '\0' + Id(id);
}

struct Edit {
  std::string text;
  std::vector<CopyRun> runs;

  void Copy(const std::string& base, uint64_t begin, uint64_t size) {
    if (size == 0) {
      return;
    }
    if (!runs.empty() && runs.back().end() == text.size() &&
        runs.back().base_end() == begin) {
      runs.back().size += size;
    } else {
      runs.push_back({begin, text.size(), size});
    }
    text += base.substr(begin, size);
  }
};

// A sound tree as an edit of a sound base: pieces at entry borders, whose
// copies then lose some bytes at either end to the inserts around them.
Edit EditEntries(Random* random, const std::string& base,
                 const std::vector<uint64_t>& borders) {
  Edit edit;
  for (uint64_t pieces = Below(random, 6); pieces > 0; --pieces) {
    uint64_t from = borders[Below(random, borders.size())];
    uint64_t to = borders[Below(random, borders.size())];
    if (from > to) {
      std::swap(from, to);
    }
    const uint64_t head = Below(random, 2) * Below(random, 30);
    const uint64_t tail = Below(random, 2) * Below(random, 30);
    if (head + tail < to - from) {
      edit.text += base.substr(from, head);
      edit.Copy(base, from + head, to - from - head - tail);
      edit.text += base.substr(to - tail, tail);
    } else {
      edit.text += base.substr(from, to - from);
    }
    for (uint64_t news = Below(random, 3); news > 0; --news) {
      edit.text += RandomEntry(random);
    }
  }
  return edit;
}

// Any copies at all: the outcome is mostly no tree.
Edit EditBytes(Random* random, const std::string& base) {
  Edit edit;
  for (uint64_t pieces = Below(random, 4); pieces > 0; --pieces) {
    const uint64_t begin = Below(random, base.size() + 1);
    edit.Copy(base, begin, Below(random, base.size() - begin + 1));
    edit.text += std::string(Below(random, 3), 'x');
  }
  return edit;
}

std::vector<uint64_t> BordersOf(const std::string& tree) {
  std::vector<uint64_t> borders = {0};
  TreeReader reader(tree);
  TreeEntry entry;
  for (Result<bool> next = reader.Next(&entry); next && *next;
       next = reader.Next(&entry)) {
    borders.push_back(
        static_cast<uint64_t>(entry.raw_id.data() + 20 - tree.data()));
  }
  return borders;
}

using Held = std::map<std::pair<uint32_t, std::string>, int64_t>;

// What the tree's recorded entries are, each as often as it is there.
Held HeldBy(const ReadTree& tree, const TreeScan& scan) {
  Held held;
  for (const ReadTree::Entry& entry : tree.entries) {
    if (entry.recorded) {
      ++held[{entry.child, scan.names().name(entry.name)}];
    }
  }
  return held;
}

struct Version {
  std::string bytes;
  ReadTree read;
  Held summed;  // events of the tree and all its bases
};

}  // namespace

TEST_CASE("deltas of trees with cuts anywhere are read as whole trees are") {
  const ObjectStore store = SomeStore();
  Random random(9);
  int damaged = 0;
  uint64_t entries = 0;
  uint64_t parsed = 0;
  for (int chain = 0; chain < 150; ++chain) {
    ObjectMarks marks(&store);
    ObjectMarks whole_marks(&store);
    marks.Set(3, ObjectMarks::kTarget);
    marks.Set(4, ObjectMarks::kTarget);
    whole_marks.Set(3, ObjectMarks::kTarget);
    whole_marks.Set(4, ObjectMarks::kTarget);
    TreeScan scan(&marks, true);
    TreeScan whole_scan(&whole_marks, true);
    std::vector<Version> versions(1);
    for (uint64_t i = Below(&random, 12); i > 0; --i) {
      versions[0].bytes += RandomEntry(&random);
    }
    CHECK(scan.ReadWhole(versions[0].bytes, 0, &versions[0].read));
    ReadTree first;
    CHECK(whole_scan.ReadWhole(versions[0].bytes, 0, &first));
    versions[0].summed = HeldBy(versions[0].read, scan);
    size_t events = scan.events().size();
    for (uint32_t number = 1; number < 40; ++number) {
      const Version& base = versions[Below(&random, versions.size())];
      const Edit edit =
          Below(&random, 5) == 0
              ? EditBytes(&random, base.bytes)
              : EditEntries(&random, base.bytes, BordersOf(base.bytes));
      const CopyMap map{base.bytes.size(), edit.text.size(), edit.runs.data(),
                        edit.runs.size()};
      Version version;
      version.bytes = edit.text;
      version.summed = base.summed;
      const uint64_t parsed_before = scan.entries_read();
      const bool sound =
          scan.ReadDelta(edit.text, map, base.read, number, &version.read);
      parsed += scan.entries_read() - parsed_before;
      ReadTree whole;
      CHECK(whole_scan.ReadWhole(edit.text, number, &whole) == sound);
      CHECK(version.read.damaged == !sound);
      damaged += sound ? 0 : 1;
      REQUIRE(version.read.entries.size() == whole.entries.size());
      entries += whole.entries.size();
      for (size_t i = 0; i < whole.entries.size(); ++i) {
        REQUIRE(version.read.entries[i].offset == whole.entries[i].offset);
        // Absent ids get numbers in the order they come.
        const uint32_t ours = version.read.entries[i].child;
        const uint32_t theirs = whole.entries[i].child;
        if (theirs < store.count() || theirs == ReadTree::kGitlink) {
          REQUIRE(ours == theirs);
        } else {
          REQUIRE(marks.absent(ours - store.count()) ==
                  whole_marks.absent(theirs - store.count()));
        }
        REQUIRE(version.read.entries[i].recorded == whole.entries[i].recorded);
      }
      for (; events < scan.events().size(); ++events) {
        const TreeEvent& event = scan.events()[events];
        CHECK(event.tree == number);
        int64_t& count =
            version.summed[{event.child, scan.names().name(event.name)}];
        count += event.change;
      }
      std::erase_if(version.summed,
                    [](const auto& held) { return held.second == 0; });
      REQUIRE(version.summed == HeldBy(version.read, scan));
      versions.push_back(std::move(version));
    }
    for (uint32_t number = 0; number < store.count(); ++number) {
      CHECK(marks.Has(number, ObjectMarks::kNamed) ==
            whole_marks.Has(number, ObjectMarks::kNamed));
    }
    CHECK(marks.absent_count() == whole_marks.absent_count());
    // Each name was new once at least.
    const auto names = [](const TreeScan& of) {
      std::set<std::string_view> set;
      for (size_t i = 0; i < of.new_name_starts().size(); ++i) {
        const uint64_t begin = of.new_name_starts()[i].begin;
        set.insert(of.new_names().substr(
            begin, of.new_names().find('\n', begin) - begin));
      }
      return set;
    };
    CHECK(names(scan) == names(whole_scan));
  }
  CHECK(damaged > 100);
  CHECK(parsed < entries);
}

TEST_CASE("a damaged tree is read up to the damage") {
  const ObjectStore store = SomeStore();
  ObjectMarks marks(&store);
  TreeScan scan(&marks, false);
  ReadTree read;
  const std::string good = std::string("100644 a\0", 9) + Id(1);
  CHECK(!scan.ReadWhole(good + "100644", 0, &read));
  CHECK(read.damaged);
  CHECK(read.entries.size() == 1);
  CHECK(scan.ReadWhole(good, 0, &read));
  CHECK(scan.ReadWhole("", 0, &read));
  CHECK(read.entries.empty());
}

TEST_CASE("without a wish to record there are no events") {
  const ObjectStore store = SomeStore();
  ObjectMarks marks(&store);
  TreeScan scan(&marks, false);
  ReadTree read;
  scan.ReadWhole(std::string("40000 d\0", 8) + Id(1), 0, &read);
  CHECK(scan.events().empty());
  CHECK(marks.Has(*store.Find(Id(1)), ObjectMarks::kNamed));
}

TEST_CASE("a submodule's commit is not asked for") {
  const ObjectStore store = SomeStore();
  ObjectMarks marks(&store);
  TreeScan scan(&marks, true);
  ReadTree read;
  scan.ReadWhole(std::string("160000 sub\0", 11) + Id(43), 0, &read);
  CHECK(marks.absent_count() == 0);
  CHECK(scan.events().empty());
}

}  // namespace keysift
