// For tests of split and what builds on it: small datasets, and resolved recipe sections.
#pragma once

#include "data/test_dataset.h"
#include "spec/resolve.h"
