// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a pack, indexed by themselves, then read as a pack file whose
// index is that: what was named must be there, under its id.
#include "fuzz/fuzz.h"
#include "git/object_reader.h"
#include "git/object_store.h"
#include "git/pack_walker.h"
#include "support/temporary_folder.h"

namespace {

class Reader : public keysift::ObjectVisitor {
 public:
  void Visit(const keysift::WalkedObject& object) override {
    keysift::Touch(object.content);
    ++visited;
  }
  void Lost(uint32_t, const keysift::Error&) override { ++lost; }

  uint32_t visited = 0;
  uint32_t lost = 0;
};

}  // namespace

KEYSIFT_FUZZ_TARGET {
  static const keysift::TemporaryFolder folder;
  const std::string path = folder.Write("a.pack", input);
  std::vector<keysift::PackProblem> problems;
  const keysift::ObjectStore store =
      keysift::ObjectStore::Open({path}, {}, 1, &problems);
  keysift::ObjectReader reader(&store, UINT64_MAX);
  keysift::Buffer content;
  for (uint32_t i = 0; i < store.count(); ++i) {
    const keysift::Result<keysift::ObjectType> type = reader.Read(i, &content);
    keysift::Expect(type.has_value());
    keysift::Expect(keysift::ComputeId(*type, content.view()) == store.id(i));
  }
  keysift::PackWalker walker(
      {1 << 20, 1 << 10},
      [&reader](const keysift::ObjectId& id, keysift::Buffer* base) {
        return reader.Read(id, base);
      });
  for (const keysift::ObjectStore::Pack& pack : store.packs()) {
    Reader visitor;
    for (const keysift::PackForest::Tree& tree : pack.forest.trees()) {
      walker.Walk(pack.file, pack.forest, tree, &visitor);
    }
    keysift::Expect(visitor.visited + visitor.lost == store.count());
  }
}
