#include "profile/voc_annotation.h"

#include <gtest/gtest.h>

namespace bottega {
namespace {

TEST(VocAnnotationTest, SizeAndBoxes) {
  const auto found = ParseVocAnnotation(
      "<annotation verified=\"yes\"><filename>a.jpg</filename>\n<size> <width>640</width>"
      "<height> 480 </height></size><object><name>apple</name><bndbox><xmin>1</xmin><ymin>2.5"
      "</ymin><xmax>30</xmax><ymax>40</ymax></bndbox></object><object><bndbox><xmin>x</xmin>"
      "</bndbox></object></annotation>");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->width, 640);
  EXPECT_EQ(found->height, 480);
  ASSERT_EQ(found->boxes.size(), 2u);
  EXPECT_EQ(found->boxes[0].name, "apple");
  EXPECT_TRUE(found->boxes[0].whole());
  EXPECT_EQ(found->boxes[0].top, 2.5);
  EXPECT_EQ(found->boxes[1].name, "");
  EXPECT_FALSE(found->boxes[1].whole());
}

TEST(VocAnnotationTest, WhatIsNone) {
  for (const char* text : {"", "<", "<annotation", "<annotation>", "<annotations></annotations>",
                           "<svg></svg>", "<annotation></annotatio"}) {
    EXPECT_FALSE(ParseVocAnnotation(text)) << text;
  }
  EXPECT_TRUE(ParseVocAnnotation("<annotation><object></annotation>")->boxes.empty());
}

}  // namespace
}  // namespace bottega
