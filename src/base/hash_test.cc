#include "base/hash.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/files.h"

namespace bottega {
namespace {

// FIPS 180-4 examples (NIST's test vectors).
TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Sha256Hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesAndFilesGiveTheSame) {
  const std::string bytes(3'000'001, 'b');
  Sha256 hash;
  for (size_t at = 0; at < bytes.size(); at += 777) hash.Update(bytes.substr(at, 777));
  const std::string whole = Sha256Hex(bytes);
  EXPECT_EQ(hash.Hex(), whole);
  const TemporaryFolder folder;
  WriteFileAtomic(folder.path() / "f", bytes);
  EXPECT_EQ(Sha256OfFile(folder.path() / "f"), whole);
}

TEST(Sha256, MissingFilesAndFoldersAreErrors) {
  EXPECT_THROW(Sha256OfFile("/nowhere/at/all"), Error);
  EXPECT_THROW(Sha256OfFile("/"), Error);
}

// XXH3_64bits of the empty input, from xxHash's own specification.
TEST(Xxh3, KnownAnswerAndSeeds) {
  EXPECT_EQ(Xxh3(""), 0x2D06800538D394C2u);
  EXPECT_NE(Xxh3("a", 1), Xxh3("a", 2));
}

}  // namespace
}  // namespace bottega
