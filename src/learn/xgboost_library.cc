#include "learn/xgboost_library.h"

#include <dlfcn.h>

#include <algorithm>
#include <limits>
#include <type_traits>

#include "base/error.h"

namespace bottega {

namespace {

constexpr const char* kLibrary = "libxgboost.so.0";

struct Loaded {
  XgboostLibrary library;
  std::string missing;
};

Loaded Load() {
  Loaded loaded;
  // Lazily bound and local: the OpenMP runtime that is there already serves it as well.
  void* handle = dlopen(kLibrary, RTLD_LAZY | RTLD_LOCAL);
  if (handle == nullptr) {
    loaded.missing = dlerror();
    return loaded;
  }
  const auto bind = [&](auto* function, const char* name) {
    *function = reinterpret_cast<std::remove_pointer_t<decltype(function)>>(dlsym(handle, name));
    if (*function == nullptr && loaded.missing.empty()) {
      loaded.missing = std::string(kLibrary) + " has no " + name;
    }
  };
  XgboostLibrary& library = loaded.library;
  bind(&library.Version, "XGBoostVersion");
  bind(&library.GetLastError, "XGBGetLastError");
  bind(&library.SetGlobalConfig, "XGBSetGlobalConfig");
  bind(&library.MatrixCreate, "XGDMatrixCreateFromMat");
  bind(&library.MatrixFree, "XGDMatrixFree");
  bind(&library.MatrixSetFloats, "XGDMatrixSetFloatInfo");
  bind(&library.MatrixSetFeatures, "XGDMatrixSetStrFeatureInfo");
  bind(&library.BoosterCreate, "XGBoosterCreate");
  bind(&library.BoosterFree, "XGBoosterFree");
  bind(&library.BoosterSetParam, "XGBoosterSetParam");
  bind(&library.BoosterUpdate, "XGBoosterUpdateOneIter");
  bind(&library.BoosterRounds, "XGBoosterBoostedRounds");
  bind(&library.BoosterPredict, "XGBoosterPredictFromDMatrix");
  bind(&library.BoosterSlice, "XGBoosterSlice");
  bind(&library.BoosterSaveModel, "XGBoosterSaveModelToBuffer");
  bind(&library.BoosterLoadModel, "XGBoosterLoadModelFromBuffer");
  bind(&library.BoosterSerialize, "XGBoosterSerializeToBuffer");
  bind(&library.BoosterUnserialize, "XGBoosterUnserializeFromBuffer");
  if (loaded.missing.empty()) library.SetGlobalConfig(R"({"verbosity": 0})");
  return loaded;
}

const Loaded& Once() {
  static const Loaded loaded = Load();
  return loaded;
}

std::string Bytes(const char* from, bst_ulong size) { return {from, static_cast<size_t>(size)}; }

}  // namespace

void XgboostLibrary::Check(int code) const {
  if (code == 0) return;
  std::string message = GetLastError();
  message = message.substr(0, message.find("\nStack trace"));
  throw Error(ErrorKind::kInternal, "XGBoost: " + message);
}

std::string XgboostMissing() { return Once().missing; }

std::string XgboostVersion() {
  if (!XgboostMissing().empty()) return "";
  int major = 0, minor = 0, patch = 0;
  Once().library.Version(&major, &minor, &patch);
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

const XgboostLibrary& Xgboost() {
  if (Once().missing.empty()) return Once().library;
  throw Error(ErrorKind::kUsage, "boosted trees need XGBoost's library: " + Once().missing, {},
              "`apt-get install libxgboost-dev` brings it; `bottega train --set model=linear` does "
              "without");
}

XgboostMatrix::XgboostMatrix(const TableRows& x) : rows_(x.rows()) {
  const XgboostLibrary& library = Xgboost();
  const int64_t numbers = x.numbers.columns, columns = numbers + x.code_columns();
  Matrix all(x.rows(), columns);
  for (int64_t r = 0; r < x.rows(); ++r) {
    std::copy_n(x.numbers.row(r), numbers, all.row(r));
    std::copy_n(x.codes_of(r), x.code_columns(), all.row(r) + numbers);
  }
  library.Check(library.MatrixCreate(all.values.data(), static_cast<bst_ulong>(rows_),
                                     static_cast<bst_ulong>(columns),
                                     std::numeric_limits<float>::quiet_NaN(), &handle_));
  std::vector<const char*> types(static_cast<size_t>(columns), "c");
  std::fill_n(types.begin(), numbers, "float");
  library.Check(library.MatrixSetFeatures(handle_, "feature_type", types.data(), types.size()));
}

XgboostMatrix::~XgboostMatrix() { Xgboost().MatrixFree(handle_); }

void XgboostMatrix::SetFloats(const char* field, const std::vector<float>& values) {
  Xgboost().Check(Xgboost().MatrixSetFloats(handle_, field, values.data(), values.size()));
}

XgboostBooster::XgboostBooster(const std::vector<const XgboostMatrix*>& cached) {
  std::vector<DMatrixHandle> handles;
  for (const XgboostMatrix* matrix : cached) handles.push_back(matrix->handle());
  Xgboost().Check(Xgboost().BoosterCreate(handles.data(), handles.size(), &handle_));
}

XgboostBooster::~XgboostBooster() { Xgboost().BoosterFree(handle_); }

void XgboostBooster::Set(const std::string& name, const std::string& value) {
  Xgboost().Check(Xgboost().BoosterSetParam(handle_, name.c_str(), value.c_str()));
}

void XgboostBooster::Update(int round, const XgboostMatrix& x) {
  Xgboost().Check(Xgboost().BoosterUpdate(handle_, round, x.handle()));
}

// Another tree method and back makes its samplers anew, from the seed; asking for the number of
// rounds is what makes XGBoost take the settings up.
void XgboostBooster::Reseed(uint32_t seed) {
  Set("seed", std::to_string(seed));
  Set("tree_method", "approx");
  int rounds = 0;
  Xgboost().Check(Xgboost().BoosterRounds(handle_, &rounds));
  Set("tree_method", "hist");
}

Matrix XgboostBooster::Predict(const XgboostMatrix& x, bool contributions) const {
  const std::string config = std::string(R"({"type": )") + (contributions ? "2" : "0") +
                             R"(, "training": false, "iteration_begin": 0, "iteration_end": 0,)"
                             R"( "strict_shape": true})";
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* values = nullptr;
  Xgboost().Check(
      Xgboost().BoosterPredict(handle_, x.handle(), config.c_str(), &shape, &dimensions, &values));
  int64_t width = 1;
  for (bst_ulong d = 1; d < dimensions; ++d) width *= static_cast<int64_t>(shape[d]);
  Matrix out(x.rows(), width);
  std::copy_n(values, out.values.size(), out.values.begin());
  return out;
}

std::string XgboostBooster::Model(int64_t rounds) const {
  const XgboostLibrary& library = Xgboost();
  BoosterHandle slice = nullptr;
  library.Check(library.BoosterSlice(handle_, 0, static_cast<int>(rounds), 1, &slice));
  const std::unique_ptr<void, decltype(library.BoosterFree)> owner(slice, library.BoosterFree);
  bst_ulong size = 0;
  const char* bytes = nullptr;
  library.Check(library.BoosterSaveModel(slice, R"({"format": "ubj"})", &size, &bytes));
  return Bytes(bytes, size);
}

void XgboostBooster::LoadModel(const std::string& bytes) {
  const XgboostLibrary& library = Xgboost();
  if (library.BoosterLoadModel(handle_, bytes.data(), bytes.size()) == 0) return;
  throw Error(ErrorKind::kData, "the model's trees are damaged");
}

std::string XgboostBooster::Serialize() const {
  bst_ulong size = 0;
  const char* bytes = nullptr;
  Xgboost().Check(Xgboost().BoosterSerialize(handle_, &size, &bytes));
  return Bytes(bytes, size);
}

void XgboostBooster::Unserialize(const std::string& bytes) {
  Xgboost().Check(Xgboost().BoosterUnserialize(handle_, bytes.data(), bytes.size()));
}

}  // namespace bottega
