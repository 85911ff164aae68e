// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.h"

#include <doctest/doctest.h>

namespace keysift {
namespace {

TEST_CASE("a line names phase, objects, speed, findings and time left") {
  ProgressNow now;
  now.phase = "reading packs";
  now.objects_done = 1000;
  now.objects_total = 4000;
  now.bytes_done = 200'000'000;
  now.findings = 1;
  now.seconds = 2;
  CHECK(ProgressLine(now, 100) ==
        "reading packs  1,000 of 4,000 objects  100 MB/s  1 finding  6.00 s "
        "left");
}

TEST_CASE("what is not known yet is left out") {
  ProgressNow now;
  now.phase = "opening";
  CHECK(ProgressLine(now, 100) == "opening  0 findings");
  now.objects_done = 5;
  CHECK(ProgressLine(now, 100) == "opening  5 objects  0 findings");
}

TEST_CASE("a line is never wider than the terminal") {
  ProgressNow now;
  now.phase = "a long phase in many words";
  CHECK(ProgressLine(now, 10) == "a long pha");
}

TEST_CASE("a bar that is not shown ends at once") {
  const ScanProgress progress;
  const ProgressBar bar(&progress, When::kNever, false);
}

}  // namespace
}  // namespace keysift
