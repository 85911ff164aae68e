// SPDX-License-Identifier: Apache-2.0
#include "store/triage.h"

#include <algorithm>
#include <utility>

namespace keysift {
namespace {

Result<void> Check(const TriageDecision& decision) {
  const std::vector<std::string>& states = TriageStates();
  if (std::find(states.begin(), states.end(), decision.state) == states.end()) {
    return Fail(ErrorKind::kUsage, "no state \"" + decision.state +
                                       "\"; there are open, revoked, false "
                                       "alarm and accepted");
  }
  if (decision.reason.empty() || decision.author.empty()) {
    return Fail(ErrorKind::kUsage,
                "a decision needs a reason and an author, for those who come "
                "after");
  }
  return {};
}

Result<void> DecideOne(const BulkStore& store, const TriageDecision& decision,
                       const std::string& fingerprint, int64_t now) {
  Result<Statement> known =
      store.database().Prepare("SELECT 1 FROM finding WHERE fingerprint = ?");
  Result<bool> found = known ? known->Bind(fingerprint).Step()
                             : tl::unexpected(std::move(known.error()));
  if (!found) {
    return tl::unexpected(std::move(found.error()));
  }
  if (!*found) {
    return Fail(ErrorKind::kUsage, "the store has no finding " + fingerprint);
  }
  // Later than all before, whatever the clock says.
  Result<Statement> insert = store.database().Prepare(
      "INSERT INTO triage SELECT ?1, max(?2, coalesce(max(time) + 1, ?2)), "
      "?3, ?4, ?5 FROM triage WHERE fingerprint = ?1");
  if (!insert) {
    return tl::unexpected(std::move(insert.error()));
  }
  return insert->Bind(fingerprint)
      .Bind(now)
      .Bind(decision.state)
      .Bind(decision.author)
      .Bind(decision.reason)
      .Run();
}

}  // namespace

const std::vector<std::string>& TriageStates() {
  static const std::vector<std::string>* const kStates =
      new std::vector<std::string>{"open", "revoked", "false alarm",
                                   "accepted"};
  return *kStates;
}

Result<void> Decide(const BulkStore& store, const TriageDecision& decision,
                    int64_t now) {
  Result<void> checked = Check(decision);
  if (!checked) {
    return checked;
  }
  Result<Transaction> transaction = Transaction::Begin(store.database());
  if (!transaction) {
    return tl::unexpected(std::move(transaction.error()));
  }
  for (const std::string& fingerprint : decision.fingerprints) {
    Result<void> decided = DecideOne(store, decision, fingerprint, now);
    if (!decided) {
      return decided;
    }
  }
  return transaction->Commit();
}

Result<std::map<std::string, Triage>> CurrentTriage(const BulkStore& store) {
  Result<Statement> query = store.database().Prepare(
      "SELECT fingerprint, state, author, reason, time FROM triage_now");
  std::map<std::string, Triage> current;
  return ForEachRow(std::move(query),
                    [&](const Statement& row) {
                      current[row.Text(0)] = {row.Text(1), row.Text(2),
                                              row.Text(3), row.Text(4)};
                    })
      .map([&]() { return std::move(current); });
}

}  // namespace keysift
