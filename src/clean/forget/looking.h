// How the files of a project are looked at for values: which values, and which of a file's numbers.
#pragma once

#include "clean/forget/blot.h"
#include "clean/forget/holdings.h"
#include "clean/forget/source_state.h"

namespace bottega {

// Values without a letter, which stand in recipes for other things.
std::vector<SoughtValue> WithLetters(const std::vector<SoughtValue>& values);

// In the files of a trained model and its scores, numbers are what was learned or measured.
JsonNumbers NumbersOf(const Holding& holding);

// How often `file`, which is (or is to become) that of `holding`, names the person. `named`: of
// WithLetters().
int64_t ValuesHeld(const Holding& holding, const std::filesystem::path& file,
                   const ValueFinder& all, const ValueFinder& named);

// A log of reviews without the lines about the chosen rows of any state.
std::string ReviewWithout(std::string text, const std::string& file,
                          const std::vector<SourceState>& states);

// Whether records are taken out of the file by `row`.
bool JoinsOnRow(const Holding& holding);

// Which state of the source a holding was made of, by its run, version, plan or audit; "" where it
// does not say.
std::string StateHashOf(const std::filesystem::path& project, const Holding& holding);

}  // namespace bottega
