// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace keysift {

// The fixed parts of the HTML report. The style sheet and the script hold
// nothing of a report, so that the page can name them by their hashes and
// forbid all others.
std::string_view HtmlStyle();
std::string_view HtmlScript();
// What stands in the page's body: filters, list, details. The script fills it.
std::string_view HtmlBody();

}  // namespace keysift
