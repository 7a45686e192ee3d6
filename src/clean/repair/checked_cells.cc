// Repairs that take their cells from a check's findings.
#include "clean/repair_kind.h"

namespace bottega {

namespace {

const Spec& DamagedTextSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "damaged_text",
      .one_line = "put texts right that were read in the wrong encoding",
      .text =
          "`MÃ¼nchen` becomes `München`: bytes that were decoded by the wrong table are decoded "
          "again by the right one, where that gives a sound text (see the check `damaged_text`).",
      .synonyms = {"mojibake", "fix_encoding"},
  };
  return spec;
}

void DamagedTextPlan(const RepairContext& context, const Json&, RepairPlan* plan) {
  PlanFromFindings("damaged_text", FindingsOf(context, "damaged_text"), context, plan);
}

const Spec& UnifyUnitsSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "unify_units",
      .one_line = "convert quantities to the unit that most of the column uses",
      .text =
          "`1.2 kg` in a column of grams becomes `1200 g` (see the check `mixed_units`). Units of "
          "another quantity, and numbers whose unit is a guess, are only suggested.",
      .synonyms = {"convert_units"},
  };
  return spec;
}

void UnifyUnitsPlan(const RepairContext& context, const Json&, RepairPlan* plan) {
  PlanFromFindings("unify_units", FindingsOf(context, "mixed_units"), context, plan);
}

const Spec& UnifyDatesSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "unify_dates",
      .one_line = "write dates in the format that most of the column uses",
      .text =
          "Dates that can be read in one way only are written in the column's format (see the "
          "check `mixed_date_formats`); where day and month could be exchanged, the date is only "
          "suggested.",
      .synonyms = {"date_format"},
  };
  return spec;
}

void UnifyDatesPlan(const RepairContext& context, const Json&, RepairPlan* plan) {
  PlanFromFindings("unify_dates", FindingsOf(context, "mixed_date_formats"), context, plan);
}

}  // namespace

const RepairKind kDamagedText = {DamagedTextSpec, DamagedTextPlan};
const RepairKind kUnifyUnits = {UnifyUnitsSpec, UnifyUnitsPlan};
const RepairKind kUnifyDates = {UnifyDatesSpec, UnifyDatesPlan};

}  // namespace bottega
