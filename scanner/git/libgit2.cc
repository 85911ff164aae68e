// SPDX-License-Identifier: Apache-2.0
#include "git/libgit2.h"

#include <git2.h>

#include <algorithm>
#include <utility>

namespace keysift {
namespace {

static_assert(GIT_OID_RAWSZ == ObjectId::kSize);

git_oid ToOid(const ObjectId& id) {
  git_oid oid;
  git_oid_fromraw(&oid, id.bytes.data());
  return oid;
}

ObjectId FromOid(const git_oid& oid) {
  ObjectId id;
  std::copy(std::begin(oid.id), std::end(oid.id), id.bytes.begin());
  return id;
}

// For the call that has just failed with `code`.
tl::unexpected<Error> Failure(int code, std::string where) {
  ErrorKind kind = ErrorKind::kDamaged;
  if (code == GIT_ENOTFOUND) {
    kind = ErrorKind::kNotFound;
  } else if (code == GIT_EAMBIGUOUS || code == GIT_EINVALIDSPEC) {
    kind = ErrorKind::kUsage;
  }
  const git_error* error = git_error_last();
  std::string message = error != nullptr && error->message != nullptr
                            ? error->message
                            : "libgit2 failed";
  return Fail(kind, std::move(message), std::move(where));
}

// One owner of a libgit2 object; `free` is its own function.
template <class T, void (*free)(T*)>
struct Freer {
  void operator()(T* object) const { free(object); }
};
using OdbPointer = std::unique_ptr<git_odb, Freer<git_odb, git_odb_free>>;
using OdbObjectPointer =
    std::unique_ptr<git_odb_object, Freer<git_odb_object, git_odb_object_free>>;
using ObjectPointer =
    std::unique_ptr<git_object, Freer<git_object, git_object_free>>;
using ConfigPointer =
    std::unique_ptr<git_config, Freer<git_config, git_config_free>>;
using WalkPointer =
    std::unique_ptr<git_revwalk, Freer<git_revwalk, git_revwalk_free>>;
using ReferencePointer =
    std::unique_ptr<git_reference, Freer<git_reference, git_reference_free>>;
using IteratorPointer =
    std::unique_ptr<git_reference_iterator,
                    Freer<git_reference_iterator, git_reference_iterator_free>>;

// Starts libgit2 once per process, with no configuration but a repository's
// own, whoever owns that. It is never shut down: its TLS layer, whose library
// is not linked (offline.c), is not to be trusted with freeing, and the process
// ends soon anyway.
bool StartLibrary() {
  static const bool is_started = [] {
    if (git_libgit2_init() <= 0) {
      return false;
    }
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    for (int level : {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM,
                      GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL}) {
      git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
    }
    return true;
  }();
  return is_started;
}

Ref ToRef(git_repository* repository, const git_reference* reference) {
  Ref ref;
  ref.name = git_reference_name(reference);
  if (git_reference_type(reference) == GIT_REFERENCE_SYMBOLIC) {
    ref.target = git_reference_symbolic_target(reference);
  }
  git_oid oid;
  if (git_reference_name_to_id(&oid, repository, ref.name.c_str()) == 0) {
    ref.id = FromOid(oid);
  }
  return ref;
}

}  // namespace

void Libgit2Repository::Close::operator()(git_repository* repository) const {
  git_repository_free(repository);
}

Result<Libgit2Repository> Libgit2Repository::Open(
    const Repository& repository) {
  Libgit2Repository opened;
  if (!StartLibrary()) {
    return Fail(ErrorKind::kInternal, "libgit2 does not start");
  }
  git_repository* handle = nullptr;
  int code = git_repository_open_ext(&handle, repository.git_dir().c_str(),
                                     GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
  if (code != 0) {
    return Failure(code, repository.git_dir());
  }
  opened.repository_.reset(handle);
  return opened;
}

Result<std::vector<Ref>> Libgit2Repository::Refs() const {
  git_reference_iterator* handle = nullptr;
  int code = git_reference_iterator_new(&handle, repository_.get());
  if (code != 0) {
    return Failure(code, "refs");
  }
  IteratorPointer iterator(handle);
  std::vector<Ref> refs;
  git_reference* next = nullptr;
  while ((code = git_reference_next(&next, iterator.get())) == 0) {
    ReferencePointer reference(next);
    refs.push_back(ToRef(repository_.get(), reference.get()));
  }
  if (code != GIT_ITEROVER) {
    return Failure(code, "refs");
  }
  std::sort(refs.begin(), refs.end(), [](const Ref& left, const Ref& right) {
    return left.name < right.name;
  });
  return refs;
}

std::optional<std::string> Libgit2Repository::ConfigValue(
    const std::string& name) const {
  git_config* handle = nullptr;
  if (git_repository_config_snapshot(&handle, repository_.get()) != 0) {
    return std::nullopt;
  }
  ConfigPointer config(handle);
  const char* value = nullptr;
  if (git_config_get_string(&value, config.get(), name.c_str()) != 0) {
    return std::nullopt;
  }
  return std::string(value);
}

Result<Libgit2Repository::Object> Libgit2Repository::ReadObject(
    const ObjectId& id) const {
  git_odb* store = nullptr;
  int code = git_repository_odb(&store, repository_.get());
  if (code != 0) {
    return Failure(code, "objects");
  }
  OdbPointer odb(store);
  git_oid oid = ToOid(id);
  git_odb_object* handle = nullptr;
  code = git_odb_read(&handle, odb.get(), &oid);
  if (code != 0) {
    return Failure(code, id.ToHex());
  }
  OdbObjectPointer object(handle);
  // libgit2's numbers of types are gitformat-pack's.
  return Object{
      static_cast<ObjectType>(git_odb_object_type(object.get())),
      std::string(static_cast<const char*>(git_odb_object_data(object.get())),
                  git_odb_object_size(object.get()))};
}

Result<ObjectId> Libgit2Repository::ResolveCommit(
    const std::string& revision) const {
  git_object* handle = nullptr;
  int code = git_revparse_single(&handle, repository_.get(), revision.c_str());
  if (code != 0) {
    return Failure(code, revision);
  }
  ObjectPointer named(handle);
  code = git_object_peel(&handle, named.get(), GIT_OBJECT_COMMIT);
  if (code != 0) {
    return Fail(ErrorKind::kUsage, "not a commit", revision);
  }
  ObjectPointer commit(handle);
  return FromOid(*git_object_id(commit.get()));
}

Result<CommitRange> Libgit2Repository::ParseRange(
    const std::vector<std::string>& arguments) const {
  CommitRange range;
  bool negated = false;
  for (const std::string& argument : arguments) {
    if (argument == "--not") {
      negated = !negated;
      continue;
    }
    Result<void> added = AddRange(argument, negated, &range);
    if (!added) {
      return tl::unexpected(added.error());
    }
  }
  return range;
}

Result<void> Libgit2Repository::AddRange(const std::string& argument,
                                         bool negated,
                                         CommitRange* range) const {
  size_t dots = argument.find("..");
  bool is_symmetric =
      dots != std::string::npos && argument.compare(dots, 3, "...") == 0;
  bool is_single = dots == std::string::npos;
  bool is_caret = is_single && argument.starts_with("^");
  std::string left =
      is_single ? argument.substr(is_caret ? 1 : 0) : argument.substr(0, dots);
  Result<ObjectId> first = ResolveCommit(left.empty() ? "HEAD" : left);
  if (!first) {
    return tl::unexpected(first.error());
  }
  std::vector<ObjectId>* in = negated ? &range->exclude : &range->include;
  std::vector<ObjectId>* out = negated ? &range->include : &range->exclude;
  if (is_single) {
    (is_caret ? out : in)->push_back(*first);
    return {};
  }
  std::string right = argument.substr(dots + (is_symmetric ? 3 : 2));
  Result<ObjectId> second = ResolveCommit(right.empty() ? "HEAD" : right);
  if (!second) {
    return tl::unexpected(second.error());
  }
  in->push_back(*second);
  if (!is_symmetric) {
    out->push_back(*first);
    return {};
  }
  in->push_back(*first);
  Result<std::vector<ObjectId>> bases = MergeBases(*first, *second);
  if (!bases) {
    return tl::unexpected(bases.error());
  }
  out->insert(out->end(), bases->begin(), bases->end());
  return {};
}

Result<std::vector<ObjectId>> Libgit2Repository::MergeBases(
    const ObjectId& one, const ObjectId& two) const {
  git_oid first = ToOid(one);
  git_oid second = ToOid(two);
  git_oidarray found = {nullptr, 0};
  int code = git_merge_bases(&found, repository_.get(), &first, &second);
  std::vector<ObjectId> bases;
  if (code == GIT_ENOTFOUND) {
    return bases;  // unrelated histories
  }
  if (code != 0) {
    return Failure(code, one.ToHex() + "..." + two.ToHex());
  }
  for (size_t i = 0; i < found.count; ++i) {
    bases.push_back(FromOid(found.ids[i]));
  }
  git_oidarray_dispose(&found);
  return bases;
}

Result<std::vector<ObjectId>> Libgit2Repository::Walk(
    const CommitRange& range) const {
  git_revwalk* handle = nullptr;
  int code = git_revwalk_new(&handle, repository_.get());
  if (code != 0) {
    return Failure(code, "commits");
  }
  WalkPointer walk(handle);
  git_revwalk_sorting(walk.get(), GIT_SORT_TOPOLOGICAL);
  for (const ObjectId& id : range.include) {
    git_oid oid = ToOid(id);
    code = code == 0 ? git_revwalk_push(walk.get(), &oid) : code;
  }
  for (const ObjectId& id : range.exclude) {
    git_oid oid = ToOid(id);
    code = code == 0 ? git_revwalk_hide(walk.get(), &oid) : code;
  }
  std::vector<ObjectId> commits;
  git_oid next;
  while (code == 0 && (code = git_revwalk_next(&next, walk.get())) == 0) {
    commits.push_back(FromOid(next));
  }
  if (code != GIT_ITEROVER) {
    return Failure(code, "commits");
  }
  return commits;
}

}  // namespace keysift
