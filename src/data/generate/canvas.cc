#include "data/generate/canvas.h"

namespace bottega {

namespace {

float Hash(int32_t x, int32_t y, uint32_t seed) {
  uint32_t h = static_cast<uint32_t>(x) * 0x9E3779B1u ^ static_cast<uint32_t>(y) * 0x85EBCA77u ^
               seed * 0xC2B2AE3Du;
  h = (h ^ h >> 15) * 0x2C1B3C6Du;
  h = (h ^ h >> 12) * 0x297A2D39u;
  return static_cast<float>((h ^ h >> 15) >> 8) * 0x1p-24f;
}

float Soft(float t) { return t * t * (3 - 2 * t); }

uint8_t ToByte(float value) {
  // Linear up to 0.85, then bent towards white.
  const float knee = 0.85f, over = std::max(0.0f, value - knee);
  const float bent = value <= knee ? value : knee + (1 - knee) * (1 - std::exp(-over / (1 - knee)));
  return static_cast<uint8_t>(std::lround(std::clamp(bent, 0.0f, 1.0f) * 255));
}

}  // namespace

Color Ramp(const std::vector<Color>& stops, float t) {
  const float place = std::clamp(t, 0.0f, 1.0f) * static_cast<float>(stops.size() - 1);
  const size_t i = std::min(stops.size() - 2, static_cast<size_t>(place));
  return Mix(stops[i], stops[i + 1], place - static_cast<float>(i));
}

Point Turned(Point p, float angle) {
  const float c = std::cos(angle), s = std::sin(angle);
  return {c * p.x - s * p.y, s * p.x + c * p.y};
}

float Smooth(float a, float b, float x) { return Soft(std::clamp((x - a) / (b - a), 0.0f, 1.0f)); }

float Noise(float x, float y, uint32_t seed) {
  const float fx = std::floor(x), fy = std::floor(y);
  const int32_t ix = static_cast<int32_t>(fx), iy = static_cast<int32_t>(fy);
  const float tx = Soft(x - fx), ty = Soft(y - fy);
  const float top = Hash(ix, iy, seed) * (1 - tx) + Hash(ix + 1, iy, seed) * tx;
  const float bottom = Hash(ix, iy + 1, seed) * (1 - tx) + Hash(ix + 1, iy + 1, seed) * tx;
  return top * (1 - ty) + bottom * ty;
}

float Clouds(float x, float y, uint32_t seed) {
  float sum = 0, weight = 0.5f;
  for (uint32_t octave = 0; octave < 4; ++octave, weight /= 2, x *= 2, y *= 2) {
    sum += weight * Noise(x, y, seed + octave * 101);
  }
  return sum / 0.9375f;
}

Color Shade(Color base, const Light& light, float x, float y, float z, float gloss,
            float hardness) {
  const auto& d = light.direction;
  const float cosine = x * d[0] + y * d[1] + z * d[2];
  // Light wraps a little around the edge, as it does in a room.
  const float diffuse = std::max(0.0f, (cosine + 0.25f) / 1.25f);
  const float half = std::sqrt(2 * (1 + d[2]));
  const float facing = std::max(0.0f, (x * d[0] + y * d[1] + z * (d[2] + 1)) / half);
  const float shine = gloss * std::pow(facing, hardness);
  const Color lit = base * light.tint * (light.ambient + (1.05f - light.ambient * 0.5f) * diffuse);
  return lit + light.tint * shine;
}

void Canvas::Blur(float radius) {
  const float deviation = radius * static_cast<float>(side_);
  const int reach = static_cast<int>(std::ceil(2.5f * deviation));
  if (reach < 1) return;
  std::vector<float> weights;
  float sum = 0;
  for (int i = -reach; i <= reach; ++i) {
    weights.push_back(std::exp(-0.5f * static_cast<float>(i * i) / (deviation * deviation)));
    sum += weights.back();
  }
  for (const bool across : {true, false}) {
    std::vector<Color> out(pixels_.size());
    for (int y = 0; y < side_; ++y) {
      for (int x = 0; x < side_; ++x) {
        Color color;
        for (int i = -reach; i <= reach; ++i) {
          const int at_x = std::clamp(across ? x + i : x, 0, side_ - 1);
          const int at_y = std::clamp(across ? y : y + i, 0, side_ - 1);
          color = color + At(at_x, at_y) * (weights[static_cast<size_t>(i + reach)] / sum);
        }
        out[static_cast<size_t>(y) * side_ + x] = color;
      }
    }
    pixels_ = std::move(out);
  }
}

Picture Canvas::ToPicture() const {
  Picture picture;
  picture.width = picture.height = side_;
  picture.rgb.reserve(pixels_.size() * 3);
  for (const Color& color : pixels_) {
    for (const float value : {color.r, color.g, color.b}) picture.rgb.push_back(ToByte(value));
  }
  return picture;
}

void DrawStem(Canvas* canvas, Point from, Point bend, Point to, float width, Color color,
              const Light& light) {
  const int steps = 24;
  std::vector<Point> path;
  for (int i = 0; i <= steps; ++i) {
    const float t = static_cast<float>(i) / steps, u = 1 - t;
    path.push_back(from * (u * u) + bend * (2 * u * t) + to * (t * t));
  }
  const Point middle = (from + bend + to) * (1.0f / 3);
  const float reach = std::max({Length(from - middle), Length(bend - middle), Length(to - middle)});
  canvas->Fill(middle, reach + 2 * width, [&](Point p, Color* out) {
    float best = 1e9f, side = 0;
    for (int i = 0; i < steps; ++i) {
      const Point along = path[static_cast<size_t>(i) + 1] - path[static_cast<size_t>(i)];
      const Point offset = p - path[static_cast<size_t>(i)];
      const float length2 = along.x * along.x + along.y * along.y + 1e-12f;
      const float t = std::clamp((offset.x * along.x + offset.y * along.y) / length2, 0.0f, 1.0f);
      const Point away = offset - along * t;
      const float distance = Length(away);
      if (distance >= best) continue;
      best = distance;
      side = (away.x * light.direction[0] + away.y * light.direction[1]) / width;
    }
    *out = color * light.tint * std::clamp(0.75f + 0.45f * side, 0.35f, 1.2f);
    return Smooth(width + canvas->pixel(), width - canvas->pixel(), best);
  });
}

void DrawLeaf(Canvas* canvas, Point from, Point to, float width, Color color, const Light& light) {
  const Point axis = to - from, middle = (from + to) * 0.5f;
  const float length = Length(axis), angle = std::atan2(axis.y, axis.x);
  canvas->Fill(middle, length * 0.5f + width, [&](Point p, Color* out) {
    const Point local = Turned(p - from, -angle);
    const float s = local.x / length;
    if (s <= 0 || s >= 1) return 0.0f;
    const float half = width * std::pow(std::sin(3.14159f * std::pow(s, 0.8f)), 0.85f);
    const float t = local.y / std::max(half, 1e-4f);
    const float vein = std::abs(std::sin((s + std::abs(t) * 0.18f) * 34));
    const float rib = Smooth(0.10f, 0.03f, std::abs(t));
    const float tilt = t > 0 ? 0.82f : 1.06f;
    const Color base = Mix(color * tilt, color * 1.35f, 0.5f * rib + 0.12f * (1 - vein));
    *out = base * light.tint * (0.7f + 0.35f * light.direction[2]);
    const float soft = canvas->pixel();
    return Smooth(half + soft, half - soft, std::abs(local.y));
  });
}

void DrawShadow(Canvas* canvas, Point center, Point radii, float angle, float strength) {
  canvas->Fill(center, 1.6f * std::max(radii.x, radii.y), [&](Point p, Color* out) {
    const Point local = Turned(p - center, -angle);
    const float d = std::hypot(local.x / radii.x, local.y / radii.y);
    *out = {0.03f, 0.025f, 0.04f};
    return strength * Smooth(1.5f, 0.45f, d);
  });
}

}  // namespace bottega
