// SPDX-License-Identifier: Apache-2.0
#include "verify/window.h"

#include <doctest/doctest.h>
#include <re2/re2.h>

#include <string>

#include "verify/lazy_regex.h"

namespace keysift {
namespace {

std::string_view View(const re2::StringPiece& piece) {
  return std::string_view(piece.data(), piece.size());
}

bool Matches(std::string_view text, const char* regex, uint64_t end,
             uint32_t before, uint32_t after, std::string* match,
             Window* window) {
  const LazyRegex full(regex);
  re2::StringPiece group;
  if (!window->MatchAround(*full.Get(), end, {before, after}, &group, 1)) {
    return false;
  }
  *match = std::string(View(group));
  CHECK(window->Locate(View(group)).In(text) == *match);
  return true;
}

TEST_CASE("a match that ends before the hit is passed over") {
  const std::string text = "ab ab1";
  Window window(text);
  std::string match;
  REQUIRE(Matches(text, "ab1?", 6, 6, 4, &match, &window));
  CHECK(match == "ab1");
}

TEST_CASE("a match that begins at or after the hit's end does not count") {
  const std::string text = "..key";
  Window window(text);
  std::string match;
  CHECK_FALSE(Matches(text, "key", 2, 2, 10, &match, &window));
}

TEST_CASE("word boundaries see the byte outside the reach") {
  const std::string text = "xkey key";
  std::string match;
  Window first(text);
  CHECK_FALSE(Matches(text, "\\bkey", 4, 3, 0, &match, &first));
  Window second(text);
  CHECK(Matches(text, "\\bkey", 8, 3, 0, &match, &second));
}

TEST_CASE("what was looked at includes one neighbour on each side") {
  const std::string text = "0123456789";
  Window window(text);
  std::string match;
  REQUIRE(Matches(text, "45", 6, 2, 1, &match, &window));
  CHECK(window.low() == 3);
  CHECK(window.high() == 8);
}

TEST_CASE("the text's own edges show as -1 and size + 1") {
  const std::string text = "0123456789";
  Window window(text);
  std::string match;
  REQUIRE(Matches(text, "45", 6, 6, 4, &match, &window));
  CHECK(window.low() == -1);
  CHECK(window.high() == 11);
}

TEST_CASE("reach that ends just inside the text does not see the edges") {
  const std::string text = "0123456789";
  Window window(text);
  std::string match;
  REQUIRE(Matches(text, "45", 6, 5, 3, &match, &window));
  CHECK(window.low() == 0);
  CHECK(window.high() == 10);
}

TEST_CASE("a match of few newlines is sought no further than they let it") {
  const std::string text = "a1\nb2\nc3-key4\nd5\ne6\n";
  const LazyRegex full("[a-z0-9\n-]{1,40}key[a-z0-9\n-]{0,40}");
  const auto match = [&](uint32_t newlines, int64_t low, int64_t high) {
    Window window(text);
    re2::StringPiece group;
    REQUIRE(window.MatchAround(*full.Get(), 12, {30, 30, newlines}, &group, 1));
    CHECK(window.low() == low);
    CHECK(window.high() == high);
    return std::string(View(group));
  };
  CHECK(match(0, 5, 14) == "c3-key4");
  CHECK(match(1, 2, 17) == "b2\nc3-key4\nd5");
  CHECK(match(2, -1, 20) == "a1\nb2\nc3-key4\nd5\ne6");
  CHECK(match(9, -1, 21) == text);
}

TEST_CASE("newlines at the hit's end and none at all") {
  const std::string text = "key\nkey";
  std::string match;
  Window window(text);
  re2::StringPiece group;
  const LazyRegex full("key");
  CHECK_FALSE(window.MatchAround(*full.Get(), 4, {9, 9, 0}, &group, 1));
  CHECK(window.MatchAround(*full.Get(), 7, {9, 9, 0}, &group, 1));
  CHECK(window.low() == 3);
  CHECK(window.high() == 8);
}

TEST_CASE("lines are cut at line ends and remember the newline") {
  const std::string text = "one\r\ntwo\nthree\r\nfour\n";
  const Span two{5, 8};
  Window window(text);
  CHECK(window.Line(two) == "two");
  CHECK(window.low() == 4);
  CHECK(window.high() == 9);
  CHECK(window.Lines(two, 1, 1) == "one\r\ntwo\nthree");
  CHECK(window.low() == -1);
  CHECK(window.high() == 16);
}

TEST_CASE("lines are clipped in bytes and in number") {
  const std::string text =
      std::string(5000, 'a') + "KEY" + std::string(5000, 'b');
  Window window(text);
  const std::string_view line = window.Line(Span{5000, 5003});
  CHECK(line.size() == 3 + 2 * Window::kMaxContextBytes);
  CHECK(window.low() == 5000 - static_cast<int64_t>(Window::kMaxContextBytes));
  CHECK(window.high() == 5003 + static_cast<int64_t>(Window::kMaxContextBytes));
  const std::string many = "1\n2\n3\n4\n5\nK\n6\n7\n8\n9\n";
  Window narrow(many);
  CHECK(narrow.Lines(Span{10, 11}, 9, 9) == "3\n4\n5\nK\n6\n7\n8");
}

TEST_CASE("before and after give fewer bytes at an edge and say so") {
  const std::string text = "abcdef";
  Window window(text);
  CHECK(window.Before(Span{2, 3}, 2) == "ab");
  CHECK(window.low() == 0);
  CHECK(window.Before(Span{2, 3}, 3) == "ab");
  CHECK(window.low() == -1);
  CHECK(window.After(Span{2, 3}, 3) == "def");
  CHECK(window.high() == 6);
  CHECK(window.After(Span{2, 3}, 4) == "def");
  CHECK(window.high() == 7);
}

}  // namespace
}  // namespace keysift
