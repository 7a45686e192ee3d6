// XGBoost's shared library through its C API, loaded on first use, so that what does not boost
// trees runs without it and starts no slower.
#pragma once

#include <xgboost/c_api.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "learn/matrix.h"
#include "learn/table_rows.h"

namespace bottega {

// The functions that are used, by their own names.
struct XgboostLibrary {
  decltype(&XGBoostVersion) Version = nullptr;
  decltype(&XGBGetLastError) GetLastError = nullptr;
  decltype(&XGBSetGlobalConfig) SetGlobalConfig = nullptr;
  decltype(&XGDMatrixCreateFromMat) MatrixCreate = nullptr;
  decltype(&XGDMatrixFree) MatrixFree = nullptr;
  decltype(&XGDMatrixSetFloatInfo) MatrixSetFloats = nullptr;
  decltype(&XGDMatrixSetStrFeatureInfo) MatrixSetFeatures = nullptr;
  decltype(&XGBoosterCreate) BoosterCreate = nullptr;
  decltype(&XGBoosterFree) BoosterFree = nullptr;
  decltype(&XGBoosterSetParam) BoosterSetParam = nullptr;
  decltype(&XGBoosterUpdateOneIter) BoosterUpdate = nullptr;
  decltype(&XGBoosterBoostedRounds) BoosterRounds = nullptr;
  decltype(&XGBoosterPredictFromDMatrix) BoosterPredict = nullptr;
  decltype(&XGBoosterSlice) BoosterSlice = nullptr;
  decltype(&XGBoosterSaveModelToBuffer) BoosterSaveModel = nullptr;
  decltype(&XGBoosterLoadModelFromBuffer) BoosterLoadModel = nullptr;
  decltype(&XGBoosterSerializeToBuffer) BoosterSerialize = nullptr;
  decltype(&XGBoosterUnserializeFromBuffer) BoosterUnserialize = nullptr;

  // Throws Error kInternal with XGBoost's own message unless `code` is 0.
  void Check(int code) const;
};

// Thread-safe. Errors: kUsage with how to install it when it cannot be loaded.
const XgboostLibrary& Xgboost();
// Why Xgboost() would fail; "" when it would not.
std::string XgboostMissing();
// "1.7.4"; "" when it cannot be loaded.
std::string XgboostVersion();

// Numbers, then codes as XGBoost's own categories.
class XgboostMatrix {
 public:
  explicit XgboostMatrix(const TableRows& x);
  ~XgboostMatrix();
  XgboostMatrix(const XgboostMatrix&) = delete;
  XgboostMatrix& operator=(const XgboostMatrix&) = delete;
  void SetFloats(const char* field, const std::vector<float>& values);  // "label", "weight"
  DMatrixHandle handle() const { return handle_; }
  int64_t rows() const { return rows_; }

 private:
  int64_t rows_;
  DMatrixHandle handle_ = nullptr;
};

class XgboostBooster {
 public:
  // `cached`: matrices whose predictions are kept up to date round by round.
  explicit XgboostBooster(const std::vector<const XgboostMatrix*>& cached = {});
  ~XgboostBooster();
  XgboostBooster(const XgboostBooster&) = delete;
  XgboostBooster& operator=(const XgboostBooster&) = delete;

  void Set(const std::string& name, const std::string& value);
  void Update(int round, const XgboostMatrix& x);  // rounds from 0
  // Forgets what its random draws went through: those to come depend on `seed` alone. XGBoost keeps
  // the state of its samplers neither in a saved model nor in a serialized one.
  void Reseed(uint32_t seed);
  // Rows x groups probabilities or values, or, for contributions, rows x (groups * (columns + 1)).
  Matrix Predict(const XgboostMatrix& x, bool contributions = false) const;
  // Of the first `rounds` rounds, as UBJSON that XGBoost's other interfaces read.
  std::string Model(int64_t rounds) const;
  void LoadModel(const std::string& bytes);
  // With all settings, so that rounds can be added with the same bits.
  std::string Serialize() const;
  void Unserialize(const std::string& bytes);

 private:
  BoosterHandle handle_ = nullptr;
};

}  // namespace bottega
