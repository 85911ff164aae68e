// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace keysift {

// --color and --progress.
enum class When { kAuto, kAlways, kNever };
bool ParseWhen(const std::string& word, When* when);

// Whether to colour what goes to `descriptor`: --color first, then NO_COLOR,
// CLICOLOR_FORCE and FORCE_COLOR, TERM=dumb, and whether it is a terminal.
bool UseColor(When when, int descriptor);

bool IsTerminal(int descriptor);
// Columns of the terminal; 80 where it does not say.
size_t TerminalWidth(int descriptor);

// Writes all of `text`, through signals and short writes. True if it all went
// out or the reader has gone away (which is no error); false with errno set
// otherwise.
bool WriteAll(int descriptor, std::string_view text);

// A line for people on stderr: "keysift: " and the text made safe for a
// terminal. Failures to write are ignored: there is nowhere to say so.
void Say(std::string_view text);

}  // namespace keysift
