#include "data/generate/fruit_draw.h"

#include <numbers>

namespace bottega {

namespace {

constexpr float kPi = std::numbers::pi_v<float>;

float Draw(Random& random, double low, double high) {
  return static_cast<float>(random.Uniform(low, high));
}

uint32_t Seed(Random& random) { return random.Bits() >> 8; }

float Bump(float distance, float width) {
  return std::exp(-(distance / width) * (distance / width));
}

// Angle between the direction of p and straight up (y points down), 0 to pi.
float FromTop(Point p) {
  return std::acos(std::clamp(-p.y / std::max(Length(p), 1e-6f), -1.f, 1.f));
}

// Leaf and twig at the end of a stem.
Color LeafColor(Random& random) {
  return Mix({0.16f, 0.42f, 0.10f}, {0.40f, 0.58f, 0.16f}, Draw(random, 0, 1));
}

// From unripe to ripe, for one variety.
std::vector<Color> AppleColors(int variety) {
  switch (variety) {
    case 0:  // red
      return {{0.50f, 0.66f, 0.20f},
              {0.80f, 0.50f, 0.20f},
              {0.80f, 0.14f, 0.12f},
              {0.58f, 0.05f, 0.09f}};
    case 1:  // green
      return {{0.38f, 0.60f, 0.16f},
              {0.52f, 0.72f, 0.22f},
              {0.68f, 0.78f, 0.30f},
              {0.82f, 0.80f, 0.36f}};
    default:  // yellow with a red cheek
      return {{0.56f, 0.70f, 0.24f},
              {0.86f, 0.78f, 0.30f},
              {0.95f, 0.76f, 0.28f},
              {0.93f, 0.60f, 0.22f}};
  }
}

struct AppleLook {
  int variety = 0;
  uint32_t seed = 0;
  float cheek = 0;  // direction of the redder side
  float ripeness = 0;
};

Color AppleSkin(const AppleLook& look, Point p, float q) {
  const float around = std::atan2(p.x, -p.y);
  const float streak = Noise(around * 9 + 40, q * 1.5f, look.seed) - 0.5f;
  const float mottle = Clouds(p.x * 3 + 9, p.y * 3 + 9, look.seed + 7) - 0.5f;
  const float side = 0.5f + 0.5f * std::cos(around - look.cheek);
  const std::vector<Color> colors = AppleColors(look.variety);
  Color skin = Ramp(colors, look.ripeness + 0.22f * streak + 0.3f * mottle);
  if (look.variety == 2) {
    const float blush = Smooth(0.45f, 0.95f, side + 0.35f * streak + 0.3f * mottle);
    skin = Mix(skin, {0.82f, 0.20f, 0.14f}, blush * look.ripeness * 0.85f);
  }
  const float dots = Noise(p.x * 22 + 5, p.y * 22 + 5, look.seed + 3);
  return Mix(skin, {0.93f, 0.86f, 0.62f}, 0.35f * Smooth(0.86f, 0.95f, dots));
}

void DrawAppleBody(Canvas* canvas, const FruitPose& pose, const Light& light,
                   const AppleLook& look) {
  const float soft = 1.2f * canvas->pixel();
  canvas->Fill(pose.center, pose.size * 1.15f, [&](Point at, Color* out) {
    const Point p = Turned(at - pose.center, -pose.angle) * (1 / pose.size);
    const float top = FromTop(p), bottom = kPi - top;
    const float r = 0.97f - 0.17f * Bump(top, 0.36f) + 0.06f * Bump(top - 0.75f, 0.42f) -
                    0.06f * Bump(bottom, 0.30f) - 0.07f * Bump(bottom, 0.95f);
    const float q = Length(p) / r;
    if (q > 1.1f) return 0.0f;
    const float z = std::sqrt(std::max(0.0f, 1 - q * q));
    const float length = std::max(Length(p), 1e-6f);
    const Point n = Turned(p * (q / length), pose.angle);
    Color skin = AppleSkin(look, p, q);
    // The hollow around the stem.
    const float hollow = Bump(std::hypot(p.x / 0.34f, (p.y + 0.66f) / 0.13f), 1.0f);
    skin = Mix(skin, {0.42f, 0.44f, 0.16f}, 0.5f * hollow);
    *out = Shade(skin * (1 - 0.45f * hollow), light, n.x, n.y, z, 0.38f * (1 - hollow), 26);
    const float rim = Smooth(0.80f, 1.0f, q);
    *out = *out * (1 - 0.22f * rim);
    return Smooth(soft, -soft, (q - 1) * r * pose.size);
  });
}

}  // namespace

void DrawApple(Canvas* canvas, const FruitPose& pose, const Light& light, Random& random) {
  AppleLook look;
  look.variety = static_cast<int>(random.Below(3));
  look.seed = Seed(random);
  look.cheek = Draw(random, -kPi, kPi);
  look.ripeness = pose.ripeness;
  DrawAppleBody(canvas, pose, light, look);
  const auto place = [&](float x, float y) {
    return pose.center + Turned(Point{x, y} * pose.size, pose.angle);
  };
  const float lean = Draw(random, -0.25, 0.25), length = Draw(random, 0.28, 0.5);
  const Point foot = place(0, -0.70f), tip = place(lean, -0.72f - length);
  if (random.Chance(0.35)) {
    const float side = random.Chance(0.5) ? 1.0f : -1.0f;
    DrawLeaf(canvas, place(lean * 0.4f, -0.9f), place(side * Draw(random, 0.5, 0.85), -1.1f),
             0.15f * pose.size, LeafColor(random), light);
  }
  if (random.Chance(0.85)) {
    DrawStem(canvas, foot, place(lean * 0.2f, -0.9f), tip, 0.042f * pose.size,
             {0.36f, 0.24f, 0.12f}, light);
  }
}

namespace {

struct BananaLook {
  uint32_t seed = 0;
  float ripeness = 0;
  float span = 0.95f;   // half the angle of the arc
  float width = 0.24f;  // half the thickness, where the radius of the arc is 1
};

// Half the thickness at s, where -1 is the blossom end and 1 the beginning of the stem.
float BananaWidth(const BananaLook& look, float s) {
  if (s > 1) return look.width * (0.42f - 0.5f * std::min(0.3f, s - 1));
  if (s < -1) return look.width * 0.40f * std::sqrt(std::max(0.0f, 1 - (s + 1) * (s + 1) / 0.01f));
  return look.width * (0.40f + 0.60f * std::sqrt(std::max(0.0f, 1 - std::pow(std::abs(s), 3.0f))));
}

Color BananaSkin(const BananaLook& look, float s, float t) {
  const std::vector<Color> colors = {{0.36f, 0.56f, 0.13f},
                                     {0.66f, 0.72f, 0.17f},
                                     {0.96f, 0.82f, 0.17f},
                                     {0.97f, 0.76f, 0.15f},
                                     {0.80f, 0.55f, 0.14f}};
  const float ends = Smooth(0.62f, 1.0f, std::abs(s));
  const float mottle = Clouds(s * 4 + 20, t * 1.2f + 20, look.seed) - 0.5f;
  Color skin = Ramp(colors, look.ripeness - 0.22f * ends * (1 - look.ripeness) + 0.15f * mottle);
  // Sugar spots and bruises of ripe ones.
  const float spots = Noise(s * 17 + 9, t * 4 + 9, look.seed + 1);
  const float ripe = Smooth(0.55f, 1.0f, look.ripeness);
  skin = Mix(skin, {0.30f, 0.17f, 0.07f}, 0.8f * ripe * Smooth(0.93f - 0.35f * ripe, 0.99f, spots));
  skin = Mix(skin, {0.20f, 0.14f, 0.08f}, Smooth(-0.93f, -1.02f, s));
  return Mix(skin, {0.46f, 0.44f, 0.16f}, 0.7f * Smooth(0.95f, 1.15f, s));
}

// One banana: an arc around `hub` (in canvas units) of the given radius.
void DrawBananaBody(Canvas* canvas, Point hub, float radius, float angle, const Light& light,
                    const BananaLook& look) {
  const float soft = 1.2f * canvas->pixel();
  const float stem_end = 1.26f;
  canvas->Fill(hub, radius * (1 + look.width) * 1.05f, [&](Point at, Color* out) {
    const Point p = Turned(at - hub, -angle) * (1 / radius);
    const float rho = Length(p);
    const float s = std::atan2(p.x, p.y) / look.span;  // the arc hangs below its hub
    if (s < -1.1f || s > stem_end + 0.05f) return 0.0f;
    const float width = BananaWidth(look, s);
    if (width <= 0) return 0.0f;
    const float t = (rho - 1) / width;
    if (std::abs(t) > 1.4f) return 0.0f;
    // Three flat faces with rounded edges between them.
    const float face =
        0.55f * std::clamp(t, -1.0f, 1.0f) + 0.45f * std::tanh(5 * (t - 0.30f)) * 0.8f;
    const float across = std::clamp(face, -0.97f, 0.97f);
    const Point n = Turned(p * (across / std::max(rho, 1e-6f)), angle);
    const float z = std::sqrt(1 - across * across);
    Color skin = BananaSkin(look, s, t);
    skin = skin * (1 - 0.13f * Bump(t - 0.30f, 0.09f)) * (1 - 0.10f * Bump(t + 0.45f, 0.08f));
    *out =
        Shade(skin, light, n.x, n.y, z, 0.10f, 12) * (1 - 0.25f * Smooth(0.7f, 1.0f, std::abs(t)));
    const float edge = (std::abs(t) - 1) * width * radius;
    const float end = (s - stem_end) * look.span * radius;
    return Smooth(soft, -soft, std::max(edge, end));
  });
}

}  // namespace

void DrawBanana(Canvas* canvas, const FruitPose& pose, const Light& light, Random& random) {
  BananaLook look;
  look.ripeness = pose.ripeness;
  const float span = Draw(random, 0.72, 1.12), spread = Draw(random, 0.16, 0.30);
  const float width = Draw(random, 0.17, 0.24);
  // The chord of the arc becomes the wanted size.
  const float radius = pose.size / std::sin(span) * 0.92f;
  for (int i = 0; i < pose.pieces; ++i) {
    look.seed = Seed(random);
    look.span = span * Draw(random, 0.94, 1.06);
    look.width = width * Draw(random, 0.92, 1.08);
    // All hang from the stem: the arcs turn around its end.
    const float turn = pose.angle + (static_cast<float>(i) - 0.5f * (pose.pieces - 1)) * spread;
    const float stem = 1.1f * span;
    const Point from_hub = Point{std::sin(stem), std::cos(stem)} * radius;
    const Point joint = pose.center + Turned(from_hub - Point{0, radius * 0.8f}, pose.angle);
    const Point hub = joint - Turned(from_hub, turn);
    DrawBananaBody(canvas, hub, radius, turn, light, look);
  }
}

namespace {

void DrawCherryBody(Canvas* canvas, Point center, float radius, float angle, float ripeness,
                    const Light& light, uint32_t seed, bool pale) {
  const float soft = 1.2f * canvas->pixel();
  const std::vector<Color> dark = {
      {0.86f, 0.52f, 0.20f}, {0.84f, 0.16f, 0.12f}, {0.66f, 0.04f, 0.08f}, {0.34f, 0.01f, 0.06f}};
  const std::vector<Color> light_kind = {
      {0.84f, 0.78f, 0.34f}, {0.95f, 0.76f, 0.34f}, {0.93f, 0.52f, 0.26f}, {0.86f, 0.26f, 0.20f}};
  canvas->Fill(center, radius * 1.15f, [&](Point at, Color* out) {
    const Point p = Turned(at - center, -angle) * (1 / radius);
    const float top = FromTop(p);
    const float r = 0.98f - 0.15f * Bump(top, 0.34f) + 0.03f * Bump(top - 0.8f, 0.4f);
    const float q = Length(p) / r;
    if (q > 1.15f) return 0.0f;
    const float z = std::sqrt(std::max(0.0f, 1 - q * q));
    const Point n = Turned(p * (q / std::max(Length(p), 1e-6f)), angle);
    const float mottle = Clouds(p.x * 1.6f + 5, p.y * 1.6f + 5, seed) - 0.5f;
    const Color skin = Ramp(pale ? light_kind : dark, ripeness + 0.35f * mottle);
    const float hollow = Bump(std::hypot(p.x / 0.30f, (p.y + 0.70f) / 0.12f), 1.0f);
    *out = Shade(skin * (1 - 0.5f * hollow), light, n.x, n.y, z, 0.85f, 60);
    // A faint glow where light leaves the far side.
    const auto& d = light.direction;
    *out = *out + skin * (0.30f * std::max(0.0f, -(n.x * d[0] + n.y * d[1])) * q * q);
    *out = *out * (1 - 0.25f * Smooth(0.85f, 1.0f, q));
    return Smooth(soft, -soft, (q - 1) * r * radius);
  });
}

}  // namespace

void DrawCherry(Canvas* canvas, const FruitPose& pose, const Light& light, Random& random) {
  const bool pale = random.Chance(0.2);
  const auto place = [&](Point p) { return pose.center + Turned(p * pose.size, pose.angle); };
  const float radius = pose.pieces == 1 ? Draw(random, 0.50, 0.72) : Draw(random, 0.38, 0.48);
  const Point joint = {Draw(random, -0.25, 0.25), -1.0f};
  const bool stems = pose.pieces > 1 || random.Chance(0.9);
  const Color stem_color = Mix({0.36f, 0.46f, 0.14f}, {0.44f, 0.30f, 0.14f}, Draw(random, 0, 1));
  const Color leaf = LeafColor(random);
  if (stems && random.Chance(0.4)) {
    const float side = random.Chance(0.5) ? 1.0f : -1.0f;
    DrawLeaf(canvas, place(joint),
             place({joint.x + side * 0.95f, joint.y + Draw(random, -0.1, 0.4)}), 0.20f * pose.size,
             leaf, light);
  }
  for (int i = 0; i < pose.pieces; ++i) {
    const float share =
        pose.pieces == 1 ? 0.0f : 2.0f * static_cast<float>(i) / (pose.pieces - 1) - 1;
    const Point middle = {
        share * (1 - radius) * 1.05f + Draw(random, -0.05, 0.05),
        (1 - radius) * (0.75f + 0.25f * Draw(random, -1, 1)) - 0.12f * std::abs(share)};
    const float tilt = pose.angle + Draw(random, -0.3, 0.3);
    DrawCherryBody(canvas, place(middle), radius * pose.size, tilt,
                   std::clamp(pose.ripeness + Draw(random, -0.1, 0.1), 0.0f, 1.0f), light,
                   Seed(random), pale);
    if (!stems) continue;
    const Point foot = place(middle) + Turned({0, -0.72f * radius * pose.size}, tilt);
    const Point bend = {0.75f * middle.x + 0.25f * joint.x, 0.25f * middle.y + 0.75f * joint.y};
    DrawStem(canvas, foot, place(bend), place(joint), 0.030f * pose.size, stem_color, light);
  }
}

}  // namespace bottega
