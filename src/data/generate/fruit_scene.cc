#include "data/generate/fruit_scene.h"

#include <array>
#include <cmath>
#include <vector>

#include "base/random.h"
#include "data/generate/canvas.h"
#include "data/generate/fruit_draw.h"

namespace bottega {

namespace {

constexpr int64_t kSessionPictures = 3;
// Streams of one picture; the row holds the kind as well.
constexpr int64_t kSessionStream = 1, kPictureStream = 2, kGrainStream = 3;
constexpr int64_t kKindStride = int64_t{1} << 32;

float Draw(Random& random, double low, double high) {
  return static_cast<float>(random.Uniform(low, high));
}

// Any class may lie on any of them: the background says nothing about the fruit.
const std::vector<Color>& ClothColors() {
  static const std::vector<Color> colors = {
      {0.75f, 0.16f, 0.15f}, {0.93f, 0.82f, 0.38f}, {0.30f, 0.52f, 0.30f}, {0.24f, 0.38f, 0.62f},
      {0.86f, 0.84f, 0.80f}, {0.55f, 0.32f, 0.52f}, {0.30f, 0.30f, 0.34f}, {0.88f, 0.55f, 0.32f},
      {0.62f, 0.76f, 0.84f}, {0.80f, 0.66f, 0.54f}};
  return colors;
}

struct Session {
  std::string background;
  Color first, second;
  uint32_t seed = 0;
  float angle = 0, scale = 1;
  Light light;
  float exposure = 1;
};

Session MakeSession(Random& random) {
  static const std::array<const char*, 7> kNames = {"wood",  "cloth",  "stripes", "marble",
                                                    "plain", "garden", "plate"};
  Session session;
  session.background = kNames[static_cast<size_t>(random.Below(kNames.size()))];
  const auto& colors = ClothColors();
  session.first = colors[static_cast<size_t>(random.Below(static_cast<int64_t>(colors.size())))];
  session.second = colors[static_cast<size_t>(random.Below(static_cast<int64_t>(colors.size())))];
  session.seed = random.Bits() >> 8;
  session.angle = Draw(random, -0.8, 0.8);
  session.scale = Draw(random, 0.8, 1.4);
  const float azimuth = Draw(random, -2.6, -0.5), height = Draw(random, 0.45, 1.1);
  session.light.direction = {std::cos(azimuth) * std::cos(height),
                             std::sin(azimuth) * std::cos(height), std::sin(height)};
  session.light.ambient = Draw(random, 0.28, 0.5);
  const float warmth = Draw(random, -0.10, 0.14);
  session.light.tint = {1 + warmth, 1.0f, 1 - 1.3f * warmth};
  session.exposure = Draw(random, 0.72, 1.14);
  return session;
}

Color WoodAt(const Session& session, Point p) {
  const float plank = std::floor(p.y * 3.2f);
  const float along = p.x * 1.6f + plank * 7.3f, across = p.y * 26;
  const float grain =
      Clouds(along, across * 0.8f + 3 * Noise(along * 2, p.y * 3, session.seed), session.seed);
  const Color wood = Ramp({{0.30f, 0.18f, 0.10f}, {0.56f, 0.36f, 0.20f}, {0.76f, 0.56f, 0.35f}},
                          grain + 0.12f * std::sin(plank * 5));
  const float gap = std::abs(p.y * 3.2f - plank - 0.5f) * 2;
  return wood * (1 - 0.55f * Smooth(0.965f, 1.0f, gap));
}

Color ClothAt(const Session& session, Point p, bool checked) {
  const float threads = 0.94f + 0.06f * std::sin(p.x * 420) * std::sin(p.y * 420) +
                        0.10f * (Clouds(p.x * 5, p.y * 5, session.seed) - 0.5f);
  const auto band = [](float v) { return Smooth(-0.06f, 0.06f, std::sin(v * 22)); };
  const float mix = checked ? 0.5f * (band(p.x) + band(p.y)) : band(p.x);
  return Mix(session.first, session.second, mix) * threads;
}

Color MarbleAt(const Session& session, Point p) {
  const float warp = 5 * Clouds(p.x * 2.2f, p.y * 2.2f, session.seed);
  const float vein = std::abs(std::sin(p.x * 4 + p.y * 3 + warp));
  const float cloudy = Clouds(p.x * 4, p.y * 4, session.seed + 9);
  const Color base = Mix({0.90f, 0.88f, 0.86f}, {0.70f, 0.70f, 0.72f}, cloudy);
  return Mix({0.46f, 0.45f, 0.48f}, base, Smooth(0.0f, 0.22f, vein));
}

// Out of focus: leaves, sky and blossoms as discs of light.
Color GardenAt(const Session& session, Point p) {
  Color color = Ramp({{0.10f, 0.24f, 0.08f}, {0.26f, 0.46f, 0.16f}, {0.58f, 0.72f, 0.36f}},
                     Clouds(p.x * 2.4f, p.y * 2.4f, session.seed));
  for (uint32_t i = 0; i < 9; ++i) {
    const Point at = {2.4f * Noise(i * 3.7f, 0.5f, session.seed + 5) - 1.2f,
                      2.4f * Noise(0.5f, i * 3.7f, session.seed + 6) - 1.2f};
    const float radius = 0.06f + 0.12f * Noise(i * 1.9f, 7.5f, session.seed + 7);
    const Color disc = i % 3 == 0 ? session.first : Color{0.78f, 0.86f, 0.56f};
    color = Mix(color, disc, 0.45f * Smooth(radius, radius * 0.86f, Length(p - at)));
  }
  return color;
}

Color BackgroundAt(const Session& session, Point p) {
  const Point turned = Turned(p - Point{0.5f, 0.5f}, session.angle) * session.scale;
  const std::string& name = session.background;
  if (name == "wood") return WoodAt(session, turned + Point{9, 9});
  if (name == "cloth" || name == "stripes") return ClothAt(session, turned, name == "cloth");
  if (name == "marble") return MarbleAt(session, turned + Point{9, 9});
  if (name == "garden") return GardenAt(session, turned);
  const float fall = 0.5f + turned.y + 0.25f * (Clouds(p.x * 3, p.y * 3, session.seed) - 0.5f);
  return Mix(session.first * 1.08f, Mix(session.first, session.second, 0.5f) * 0.72f, fall);
}

void DrawBackground(Canvas* canvas, const Session& session) {
  canvas->Fill({0.5f, 0.5f}, 0.75f, [&](Point p, Color* out) {
    *out = BackgroundAt(session, p) * session.light.tint *
           (0.62f + 0.42f * session.light.direction[2]);
    return 1.0f;
  });
  if (session.background != "plate") return;
  const Point center = {0.5f, 0.54f};
  DrawShadow(canvas, center + Point{0.02f, 0.04f}, {0.46f, 0.42f}, 0, 0.5f);
  canvas->Fill(center, 0.5f, [&](Point p, Color* out) {
    const Point d = p - center;
    const float q = std::hypot(d.x / 0.45f, d.y / 0.41f);
    const float slope = Smooth(0.66f, 0.72f, q) - Smooth(0.92f, 1.0f, q);
    const float lean = (d.x * session.light.direction[0] + d.y * session.light.direction[1]) * 2;
    *out =
        Color{0.92f, 0.92f, 0.90f} * session.light.tint * (0.90f - slope * (0.10f + 0.5f * lean));
    const float soft = 1.5f * canvas->pixel();
    return Smooth(soft, -soft, (q - 1) * 0.43f);
  });
}

int Pieces(FruitKind kind, Random& random) {
  if (random.Chance(0.45)) return 1;
  const int64_t most = kind == FruitKind::kApple ? 2 : 3;
  return 2 + static_cast<int>(random.Below(most));
}

// Share of the picture's side. The camera stands at much the same distance from every fruit, so
// that cherries are the smaller ones, as in the world; the ranges overlap.
double Size(FruitKind kind, Random& random) {
  switch (kind) {
    case FruitKind::kApple:
      return random.Uniform(0.48, 0.86);
    case FruitKind::kBanana:
      return random.Uniform(0.42, 0.86);
    case FruitKind::kCherry:
      return random.Uniform(0.34, 0.68);
  }
  return 0.5;
}

void DrawOne(Canvas* canvas, FruitKind kind, const FruitPose& pose, const Light& light,
             Random& random) {
  const Point away = {-light.direction[0], -light.direction[1]};
  const bool flat = kind == FruitKind::kBanana;
  const float turn = flat ? pose.angle : 0.0f;
  DrawShadow(canvas, pose.center + away * (0.22f * pose.size) + Point{0, 0.22f * pose.size},
             {pose.size * 1.0f, pose.size * (flat ? 0.62f : 0.86f)}, turn, 0.55f);
  switch (kind) {
    case FruitKind::kApple:
      DrawApple(canvas, pose, light, random);
      break;
    case FruitKind::kBanana:
      DrawBanana(canvas, pose, light, random);
      break;
    case FruitKind::kCherry:
      DrawCherry(canvas, pose, light, random);
      break;
  }
}

// Apples of a group lie side by side; bananas and cherries hang together.
void DrawAll(Canvas* canvas, FruitKind kind, const FruitScene& scene, const Light& light,
             Random& random) {
  FruitPose pose;
  pose.size = static_cast<float>(scene.size) / 2;
  pose.ripeness = static_cast<float>(scene.ripeness);
  const float room = std::max(0.02f, 0.46f - pose.size);
  pose.center = {0.5f + Draw(random, -room, room), 0.52f + Draw(random, -room, room)};
  pose.angle = kind == FruitKind::kBanana ? Draw(random, -3.14, 3.14) : Draw(random, -0.7, 0.7);
  if (kind != FruitKind::kApple || scene.pieces == 1) {
    pose.pieces = scene.pieces;
    DrawOne(canvas, kind, pose, light, random);
    return;
  }
  const float whole = pose.size, around = Draw(random, 0, 6.28);
  pose.size = whole * (scene.pieces == 2 ? 0.60f : 0.52f);
  const Point center = pose.center;
  for (int i = 0; i < scene.pieces; ++i) {
    const float at = around + 6.2832f * static_cast<float>(i) / static_cast<float>(scene.pieces);
    pose.center = center + Point{std::cos(at), 0.8f * std::sin(at)} * (whole - pose.size);
    pose.angle = Draw(random, -0.7, 0.7);
    pose.ripeness =
        std::clamp(static_cast<float>(scene.ripeness) + Draw(random, -0.12, 0.12), 0.f, 1.f);
    DrawOne(canvas, kind, pose, light, random);
  }
}

// A leaf, or the rim of a basket, in front of a part of the fruit.
void DrawInFront(Canvas* canvas, const Session& session, Random& random) {
  if (!random.Chance(0.3)) return;
  if (random.Chance(0.6)) {
    const float angle = Draw(random, -3.14, 3.14);
    const Point from = Point{0.5f, 0.5f} + Turned({0.62f, 0}, angle);
    const Point to =
        Point{0.5f, 0.5f} + Turned({Draw(random, 0.12, 0.3), Draw(random, -0.2, 0.2)}, angle);
    const Color green = Mix({0.14f, 0.36f, 0.10f}, {0.44f, 0.56f, 0.18f}, Draw(random, 0, 1));
    DrawLeaf(canvas, from, to, Draw(random, 0.06, 0.12), green, session.light);
    return;
  }
  const float top = Draw(random, 0.74, 0.88), bend = Draw(random, -0.15, 0.15);
  canvas->Fill({0.5f, 1.0f}, 0.75f, [&](Point p, Color* out) {
    const float edge = top + bend * (p.x - 0.5f) * (p.x - 0.5f) * 2;
    const float weave = std::sin(p.x * 60 + 3.14f * std::floor((p.y - edge) * 18));
    *out = Color{0.66f, 0.46f, 0.24f} * session.light.tint * (0.72f + 0.22f * weave);
    const float soft = 1.2f * canvas->pixel();
    return Smooth(-soft, soft, p.y - edge);
  });
}

// Exposure, vignette, focus and grain.
void Develop(Canvas* canvas, const Session& session, Random& random, Random& grain) {
  if (random.Chance(0.35)) canvas->Blur(Draw(random, 0.002, 0.007));
  const float vignette = Draw(random, 0.0, 0.45), noise = Draw(random, 0.004, 0.022);
  const float exposure = session.exposure * Draw(random, 0.94, 1.06);
  for (int y = 0; y < canvas->side(); ++y) {
    for (int x = 0; x < canvas->side(); ++x) {
      const Point d = {(x + 0.5f) * canvas->pixel() - 0.5f, (y + 0.5f) * canvas->pixel() - 0.5f};
      Color& color = canvas->At(x, y);
      color = color * (exposure * (1 - vignette * (d.x * d.x + d.y * d.y) * 2));
      const uint32_t bits = grain.Bits();
      const auto speck = [&](int shift) {
        return noise * (static_cast<float>(bits >> shift & 1023) / 512 - 1);
      };
      color = color + Color{speck(0), speck(10), speck(20)};
    }
  }
}

}  // namespace

FruitScene DrawFruit(FruitKind kind, int64_t index, uint64_t seed, int side) {
  const int64_t stream = static_cast<int64_t>(kind) * kKindStride;
  FruitScene scene;
  scene.session = index / kSessionPictures;
  Random session_random(seed, Purpose::kGenerate, kSessionStream, stream + scene.session);
  Random random(seed, Purpose::kGenerate, kPictureStream, stream + index);
  Random grain(seed, Purpose::kGenerate, kGrainStream, stream + index);
  const Session session = MakeSession(session_random);
  scene.background = session.background;
  scene.ripeness = std::sqrt(random.Uniform(0.02, 1));
  scene.pieces = Pieces(kind, random);
  scene.size = Size(kind, random);
  Canvas canvas(side);
  DrawBackground(&canvas, session);
  DrawAll(&canvas, kind, scene, session.light, random);
  DrawInFront(&canvas, session, random);
  Develop(&canvas, session, random, grain);
  scene.picture = canvas.ToPicture();
  return scene;
}

}  // namespace bottega
