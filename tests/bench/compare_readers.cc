// SPDX-License-Identifier: Apache-2.0
//
// compare_readers REPOSITORY [STEP]: our walk over packs, our single reads and
// libgit2 against `git cat-file`. The walk and git are compared on every
// object (by hashing: an id names one content only), single reads and libgit2
// on every STEP-th (default 1). Prints counts; exit status 1 on a difference.
#include <cstdlib>
#include <set>

#include "base/sha.h"
#include "bench/bench_store.h"
#include "git/libgit2.h"
#include "git/object_reader.h"
#include "git/pack_walker.h"

namespace keysift {
namespace {

uint64_t differences = 0;

void Differ(const std::string& hex, const char* how) {
  if (++differences <= 20) {
    std::printf("differs: %s %s\n", hex.c_str(), how);
  }
}

std::string IdOf(const char* type, std::string_view content) {
  Sha1 sha;
  sha.Update(type + (" " + std::to_string(content.size())));
  sha.Update(std::string_view("\0", 1));
  sha.Update(content);
  const Sha1Digest digest = sha.Finish();
  return std::string(AsText(digest.data(), digest.size()));
}

class Hashing : public ObjectVisitor {
 public:
  explicit Hashing(const ObjectStore::Pack* pack) : pack_(pack) {}

  void Visit(const WalkedObject& object) override {
    ++count;
    bytes += object.content.size();
    if (IdOf(ObjectTypeName(object.type), object.content) !=
        pack_->file.raw_id(object.entry)) {
      Differ(pack_->file.id(object.entry).ToHex(), "on the walk");
    }
  }
  void Lost(uint32_t entry, const Error& error) override {
    Differ(pack_->file.id(entry).ToHex(), error.message.c_str());
  }

  uint64_t count = 0;
  uint64_t bytes = 0;

 private:
  const ObjectStore::Pack* pack_;
};

void WalkAll(const ObjectStore& store) {
  ObjectReader reader(&store, UINT64_MAX);
  PackWalker walker({}, [&reader](const ObjectId& id, Buffer* content) {
    return reader.Read(id, content);
  });
  for (const ObjectStore::Pack& pack : store.packs()) {
    Hashing visitor(&pack);
    for (const PackForest::Tree& tree : pack.forest.trees()) {
      walker.Walk(pack.file, pack.forest, tree, &visitor);
    }
    std::printf("walked %llu objects, %llu bytes\n",
                static_cast<unsigned long long>(visitor.count),
                static_cast<unsigned long long>(visitor.bytes));
  }
}

// What `git cat-file` prints of every object: "id type size\n", bytes, "\n".
class GitObjects {
 public:
  explicit GitObjects(const std::string& path)
      : pipe_(popen(("git -C '" + path +
                     "' cat-file --batch-all-objects --unordered --batch")
                        .c_str(),
                    "r")) {}
  ~GitObjects() { pclose(pipe_); }

  bool Next() {
    char header[128];
    if (std::fgets(header, sizeof header, pipe_) == nullptr) {
      return false;
    }
    const std::string line = header;
    const size_t space = line.find(' ', 41);
    hex = line.substr(0, 40);
    type = line.substr(41, space - 41);
    content.resize(std::stoul(line.substr(space + 1)) + 1);
    if (std::fread(content.data(), 1, content.size(), pipe_) !=
        content.size()) {
      return false;
    }
    content.pop_back();
    return true;
  }

  std::string hex;
  std::string type;
  std::string content;

 private:
  std::FILE* pipe_;
};

void CompareAll(const std::string& path, const ObjectStore& store,
                uint64_t step) {
  Result<Repository> repository = Repository::OpenExact(path);
  Result<Libgit2Repository> libgit2 = Libgit2Repository::Open(*repository);
  if (!libgit2) {
    Differ("libgit2", libgit2.error().message.c_str());
    return;
  }
  ObjectReader reader(&store, UINT64_MAX);
  Buffer content;
  uint64_t count = 0;
  uint64_t read = 0;
  for (GitObjects git(path); git.Next(); ++count) {
    const ObjectId id = *ObjectId::FromHex(git.hex);
    if (!store.Find(id)) {
      Differ(git.hex, "not in our store");
    }
    if (count % step != 0) {
      continue;
    }
    ++read;
    Result<ObjectType> ours = reader.Read(id, &content);
    if (!ours || ObjectTypeName(*ours) != git.type ||
        content.view() != git.content) {
      Differ(git.hex, "as a single read");
    }
    Result<Libgit2Repository::Object> theirs = libgit2->ReadObject(id);
    if (!theirs || ObjectTypeName(theirs->type) != git.type ||
        theirs->content != git.content) {
      Differ(git.hex, "in libgit2");
    }
  }
  std::set<std::string> ids;
  for (uint32_t number = 0; number < store.count(); ++number) {
    ids.insert(std::string(store.raw_id(number)));
  }
  if (ids.size() != count) {
    Differ("count", "of objects: ours is another than git's");
  }
  std::printf("git lists %llu objects; %llu of them read one by one\n",
              static_cast<unsigned long long>(count),
              static_cast<unsigned long long>(read));
}

}  // namespace
}  // namespace keysift

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: compare_readers REPOSITORY [STEP]\n");
    return 2;
  }
  const keysift::ObjectStore store = keysift::OpenBenchStore(argv[1]);
  keysift::WalkAll(store);
  keysift::CompareAll(argv[1], store,
                      argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1);
  std::printf("%llu differences\n",
              static_cast<unsigned long long>(keysift::differences));
  return keysift::differences == 0 ? 0 : 1;
}
