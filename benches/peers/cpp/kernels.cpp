// The workloads in C++, for Ceres's Jet (-DCERES) or Sacado's SFad (-DSACADO); src/shared.rs compiles and calls it.
//
// The formulas are those of src/workloads/. Loops of timing run here, so that no call of a library is timed.

#include <cmath>
#include <cstddef>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#ifdef CERES
#include <ceres/jet.h>
template <int N>
using Dual = ceres::Jet<double, N>;
template <int N>
inline Dual<N> variable(double x, int lane) {
  return Dual<N>(x, lane);
}
template <int N>
inline double value(const Dual<N>& x) {
  return x.a;
}
template <int N>
inline double lane(const Dual<N>& x, int i) {
  return x.v[i];
}
template <int N>
inline void set_lane(Dual<N>& x, int i, double d) {
  x.v[i] = d;
}
#else
// Without the libraries that Sacado's numbers work with beside themselves, one of which needs MPI.
#define TRILINOS_NO_CONFIG_H
#define HAVE_SACADO_CXX11
#define SACADO_NEW_FAD_DESIGN_IS_DEFAULT
#include <Sacado_No_Kokkos.hpp>
template <int N>
using Dual = Sacado::Fad::SFad<double, N>;
template <int N>
inline Dual<N> variable(double x, int lane) {
  return Dual<N>(N, lane, x);
}
template <int N>
inline double value(const Dual<N>& x) {
  return x.val();
}
template <int N>
inline double lane(const Dual<N>& x, int i) {
  return x.dx(i);
}
template <int N>
inline void set_lane(Dual<N>& x, int i, double d) {
  x.fastAccessDx(i) = d;
}
#endif

namespace {

// Hides from the optimiser what a pointer points to.
inline void barrier(const void* p) { asm volatile("" : : "r"(p) : "memory"); }

struct Kernel {
  virtual ~Kernel() = default;
  virtual void repeat(std::size_t times) = 0;
  virtual void answer(double* out) = 0;
};

// ---- Small functions: F::N coordinates after F::DATA numbers, F::M results, cases of which take turns --------------

template <class F>
struct Small : Kernel {
  static constexpr int STRIDE = F::DATA + F::N;
  static constexpr int LENGTH = F::M * (1 + F::N);
  std::vector<double> inputs;
  double out[LENGTH];

  explicit Small(std::vector<double> x) : inputs(std::move(x)) {}

  static void one(const double* in, double* out) {
    Dual<F::N> x[F::N], y[F::M];
    for (int i = 0; i < F::N; ++i) x[i] = variable<F::N>(in[F::DATA + i], i);
    F::eval(in, x, y);
    for (int i = 0; i < F::M; ++i) {
      out[i] = value<F::N>(y[i]);
      for (int j = 0; j < F::N; ++j) out[F::M + F::N * i + j] = lane<F::N>(y[i], j);
    }
  }
  void repeat(std::size_t times) override {
    const std::size_t last = inputs.size() / STRIDE - 1;
    for (std::size_t k = 0; k < times; ++k) {
      const double* in = inputs.data() + STRIDE * (k & last);
      barrier(in);
      one(in, out);
      barrier(out);
    }
  }
  void answer(double* to) override {
    for (std::size_t k = 0; k < inputs.size() / STRIDE; ++k) one(inputs.data() + STRIDE * k, to + LENGTH * k);
  }
};

// ---- Gradients and Jacobians in chunks of C lanes ------------------------------------------------------------------

template <class F, int C>
struct Chunked : Kernel {
  std::vector<double> x, out;
  std::vector<Dual<C>> lifted, y;
  std::size_t m;

  explicit Chunked(std::vector<double> at) : x(std::move(at)), m(F::results(x.size())) {
    lifted.resize(x.size());
    y.resize(m);
    out.resize(m * (1 + x.size()));
  }
  void run() {
    const std::size_t n = x.size();
    for (std::size_t i = 0; i < n; ++i) lifted[i] = Dual<C>(x[i]);
    for (std::size_t start = 0; start < n; start += C) {
      const std::size_t end = std::min<std::size_t>(n, start + C);
      for (std::size_t i = start; i < end; ++i) lifted[i] = variable<C>(x[i], int(i - start));
      F::eval(lifted.data(), n, y.data());
      for (std::size_t i = start; i < end; ++i) lifted[i] = Dual<C>(x[i]);
      for (std::size_t i = 0; i < m; ++i) {
        out[i] = value<C>(y[i]);
        for (std::size_t j = start; j < end; ++j) out[m + n * i + j] = lane<C>(y[i], int(j - start));
      }
    }
  }
  void repeat(std::size_t times) override {
    for (std::size_t k = 0; k < times; ++k) {
      barrier(x.data());
      run();
      barrier(out.data());
    }
  }
  void answer(double* to) override {
    run();
    std::memcpy(to, out.data(), out.size() * sizeof(double));
  }
};

struct Rosenbrock {
  static std::size_t results(std::size_t) { return 1; }
  template <class T>
  static void eval(const T* x, std::size_t n, T* y) {
    T sum(0.0);
    for (std::size_t i = 0; i + 1 < n; ++i) {
      const T a = x[i + 1] - x[i] * x[i], b = 1.0 - x[i];
      sum += 100.0 * a * a + b * b;
    }
    *y = sum;
  }
};

struct Ackley {
  static std::size_t results(std::size_t) { return 1; }
  template <class T>
  static void eval(const T* x, std::size_t count, T* y) {
    using std::cos, std::exp, std::sqrt;
    const double n = double(count);
    T squares(0.0), cosines(0.0);
    for (std::size_t i = 0; i < count; ++i) {
      squares += x[i] * x[i];
      cosines += cos((2 * M_PI) * x[i]);
    }
    *y = 20.0 + M_E - 20.0 * exp(-0.2 * sqrt(squares / n)) - exp(cosines / n);
  }
};

struct Broyden {
  static std::size_t results(std::size_t n) { return n; }
  template <class T>
  static void eval(const T* x, std::size_t n, T* y) {
    for (std::size_t i = 0; i < n; ++i) {
      T sum = (3.0 - 2.0 * x[i]) * x[i] + 1.0;
      if (i > 0) sum -= x[i - 1];
      if (i + 1 < n) sum -= 2.0 * x[i + 1];
      y[i] = sum;
    }
  }
};

// A field of a fixed number of coordinates.
template <class F, int COUNT>
struct Fixed {
  static constexpr int DATA = 0, N = COUNT, M = 1;
  template <class T>
  static void eval(const double*, const T* x, T* y) {
    F::eval(x, COUNT, y);
  }
};

// ---- Cameras ---------------------------------------------------------------------------------------------------------

template <class T>
inline void cross(const T* a, const T* b, T* c) {
  c[0] = a[1] * b[2] - a[2] * b[1];
  c[1] = a[2] * b[0] - a[0] * b[2];
  c[2] = a[0] * b[1] - a[1] * b[0];
}

template <class T>
inline T dot(const T* a, const T* b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

template <class T>
inline void rotate(const T* r, const T* x, T* y) {
  using std::cos, std::sin, std::sqrt;
  const T angle = sqrt(dot(r, r));
  const T s = sin(angle), c = cos(angle);
  const T axis[3] = {r[0] / angle, r[1] / angle, r[2] / angle};
  T turned[3];
  cross(axis, x, turned);
  const T along = dot(axis, x) * (1.0 - c);
  for (int i = 0; i < 3; ++i) y[i] = x[i] * c + turned[i] * s + axis[i] * along;
}

struct Reprojection {
  static constexpr int DATA = 2, N = 12, M = 2;
  template <class T>
  static void eval(const double* observed, const T* x, T* y) {
    T p[3];
    rotate(x, x + 9, p);
    for (int i = 0; i < 3; ++i) p[i] += x[3 + i];
    const T a = -p[0] / p[2], b = -p[1] / p[2];
    const T square = a * a + b * b;
    const T scale = x[6] * (1.0 + square * (x[7] + x[8] * square));
    y[0] = a * scale - observed[0];
    y[1] = b * scale - observed[1];
  }
};

struct Weighted {
  static constexpr int DATA = 2, N = 15, M = 3;
  template <class T>
  static void eval(const double* feature, const T* x, T* y) {
    const T d[3] = {x[11] - x[3], x[12] - x[4], x[13] - x[5]};
    T p[3];
    rotate(x, d, p);
    const T a = p[0] / p[2], b = p[1] / p[2], w = x[14];
    const T square = a * a + b * b;
    const T scale = x[6] * (1.0 + square * (x[9] + x[10] * square));
    y[0] = w * (a * scale + x[7] - feature[0]);
    y[1] = w * (b * scale + x[8] - feature[1]);
    y[2] = 1.0 - w * w;
  }
};

// ---- Ceres's own benchmarks --------------------------------------------------------------------------------------------

struct Rat43 {
  static constexpr int DATA = 0, N = 4, M = 1;
  template <class T>
  static void eval(const double*, const T* b, T* y) {
    using std::exp, std::pow;
    const T base = 1.0 + exp(b[1] - b[2] * 0.2), exponent = -1.0 / b[3];
    y[0] = b[0] * pow(base, exponent) - 0.3;
  }
};

template <class T>
inline void product(const T* p, const T* q, T* r) {
  T c[3];
  cross(p, q, c);
  for (int i = 0; i < 3; ++i) r[i] = p[3] * q[i] + q[3] * p[i] + c[i];
  r[3] = p[3] * q[3] - dot(p, q);
}

template <class T>
inline void turn(const T* q, const T* x, T* y) {
  T twice[3], again[3];
  cross(q, x, twice);
  for (int i = 0; i < 3; ++i) twice[i] *= 2.0;
  cross(q, twice, again);
  for (int i = 0; i < 3; ++i) y[i] = x[i] + q[3] * twice[i] + again[i];
}

struct RelativePose {
  static constexpr int DATA = 0, N = 14, M = 6;
  template <class T>
  static void eval(const double*, const T* x, T* y) {
    using std::atan2, std::sqrt;
    const T measured[4] = {T(0.3651483716701107), T(0.5477225575051661), T(0.7302967433402214),
                           T(0.18257418583505536)};
    const T back[4] = {-x[7], -x[8], -x[9], x[10]};
    T between[4], q[4];
    product(back, x, between);
    product(measured, between, q);
    const T sine = sqrt(dot(q, q));
    T half;
    if (q[3] < 0.0) {
      const T s = -sine, c = -q[3];
      half = atan2(s, c);
    } else {
      half = atan2(sine, q[3]);
    }
    const T scale = 2.0 * half / sine;
    for (int i = 0; i < 3; ++i) y[i] = scale * q[i];
    const T apart[3] = {x[4] - x[11], x[5] - x[12], x[6] - x[13]};
    T t[3];
    turn(back, apart, t);
    turn(measured, t, y + 3);
    for (int i = 0; i < 3; ++i) y[3 + i] += 1.0 + i;
  }
};

template <class T>
inline T square(const T& x) {
  return x * x;
}
template <class T>
inline T lerp_of(const T& a, const T& b, const T& u) {
  return a + u * (b - a);
}
template <class T>
inline T from_one(const T& b, const T& u) {
  return 1.0 + u * (b - 1.0);
}
template <class T>
inline T fresnel(const T& cosine) {
  const T m = 1.0 - cosine, m2 = m * m;
  return m2 * m2 * m;
}
template <class T>
inline T shadowing(const T& cosine, const T& roughness) {
  using std::sqrt;
  const T a = roughness * roughness, b = cosine * cosine;
  return 1.0 / (cosine + sqrt(a + b - a * b));
}
template <class T>
inline T gtr_1(const T& cosine, const T& width) {
  using std::log;
  if (width >= 1.0) return T(1.0 / M_PI);
  const T squared = width * width, a = squared - 1.0;
  return a / (M_PI * log(squared) * (1.0 + a * cosine * cosine));
}

struct Reflectance {
  static constexpr int DATA = 0, N = 28, M = 3;
  template <class T>
  static void eval(const double*, const T* p, T* out) {
    using std::sqrt;
    const T &metallic = p[0], &subsurface = p[1], &specular = p[2], &roughness = p[3], &specular_tint = p[4],
            &anisotropic = p[5], &sheen = p[6], &sheen_tint = p[7], &clearcoat = p[8], &gloss = p[9];
    const T *colour = p + 10, *normal = p + 13, *view = p + 16, *light = p + 19, *x = p + 22, *y = p + 25;
    T half[3];
    for (int i = 0; i < 3; ++i) half[i] = light[i] + view[i];
    const T over = 1.0 / sqrt(dot(half, half));
    for (int i = 0; i < 3; ++i) half[i] *= over;
    const T n_l = dot(normal, light), n_v = dot(normal, view), n_h = dot(normal, (const T*)half),
            l_h = dot(light, (const T*)half);
    const T luminance = 0.3 * colour[0] + 0.6 * colour[1] + 0.1 * colour[2];
    const T bright = 1.0 / luminance;
    const T at_light = fresnel(n_l), at_view = fresnel(n_v);
    const T grazing = l_h * l_h * roughness;
    const T strong = 0.5 + 2.0 * grazing;
    const T diffuse = from_one(strong, at_light) * from_one(strong, at_view);
    const T weak = from_one(grazing, at_light) * from_one(grazing, at_view);
    const T scattered = 1.25 * (weak * (1.0 / (n_l + n_v) - 0.5) + 0.5);
    const T aspect = sqrt(1.0 - 0.9 * anisotropic), squared = roughness * roughness;
    T width_x = squared / aspect, width_y = squared * aspect;
    if (width_x < 0.001) width_x = T(0.001);
    if (width_y < 0.001) width_y = T(0.001);
    const T along_x = dot((const T*)half, x) / width_x, along_y = dot((const T*)half, y) / width_y;
    const T ellipse = along_x * along_x + along_y * along_y + n_h * n_h;
    const T glossy = 1.0 / (M_PI * width_x * width_y * ellipse * ellipse);
    const T halved = 0.5 + 0.5 * roughness, wide = halved * halved;
    const T shadow = shadowing(n_l, wide) * shadowing(n_v, wide);
    const T at_half = fresnel(l_h), quarter(0.25);
    const T dull = 0.1 + gloss * (0.001 - 0.1);
    const T coat = 0.25 * clearcoat * gtr_1(n_h, dull) * (0.04 + 0.96 * at_half) * shadowing(n_l, quarter) *
                   shadowing(n_v, quarter);
    const T mixed = lerp_of(diffuse, scattered, subsurface) * (1.0 / M_PI);
    for (int i = 0; i < 3; ++i) {
      const T tint = bright * colour[i];
      const T fuzz = at_half * sheen * from_one(tint, sheen_tint);
      const T plain = 0.08 * specular * from_one(tint, specular_tint);
      const T mirror = lerp_of(plain, colour[i], metallic);
      const T shine = shadow * glossy * (mirror + at_half * (1.0 - mirror));
      out[i] = n_l * ((mixed * colour[i] + fuzz) * (1.0 - metallic) + shine + coat);
    }
  }
};

// ---- Dynamics ------------------------------------------------------------------------------------------------------------

struct Lorenz {
  static constexpr int DATA = 0, N = 3, M = 3;
  template <class T>
  static void eval(const double*, const T* x, T* y) {
    y[0] = 10.0 * (x[1] - x[0]);
    y[1] = x[0] * (28.0 - x[2]) - x[1];
    y[2] = x[0] * x[1] - (8.0 / 3.0) * x[2];
  }
};

struct ThreeBodies {
  static constexpr int DATA = 0, N = 18, M = 18;
  template <class T>
  static void eval(const double*, const T* x, T* rate) {
    using std::sqrt;
    const double masses[3] = {1.0, 0.5, 0.25};
    for (int i = 0; i < 9; ++i) {
      rate[i] = x[9 + i];
      rate[9 + i] = T(0.0);
    }
    for (int i = 0; i < 3; ++i)
      for (int j = i + 1; j < 3; ++j) {
        T d[3];
        for (int k = 0; k < 3; ++k) d[k] = x[3 * j + k] - x[3 * i + k];
        const T square = dot((const T*)d, (const T*)d);
        const T cube = 1.0 / (square * sqrt(square));
        for (int k = 0; k < 3; ++k) {
          const T pull = d[k] * cube;
          rate[9 + 3 * i + k] += masses[j] * pull;
          rate[9 + 3 * j + k] -= masses[i] * pull;
        }
      }
  }
};

struct Transcendental {
  static constexpr int DATA = 0, N = 1, M = 1;
  template <class T>
  static void eval(const double*, const T* at, T* y) {
    using std::exp, std::log, std::sin, std::sqrt, std::tanh;
    const T& x = *at;
    *y = exp(sin(x)) * log(x * x + 1.0) / sqrt(x) + tanh(x);
  }
};

// ---- Linear algebra on numbers with C lanes ------------------------------------------------------------------------------

template <int C>
std::vector<Dual<C>> numbers(const double* in, std::size_t count) {
  std::vector<Dual<C>> x(count);
  for (std::size_t k = 0; k < count; ++k) {
    x[k] = variable<C>(in[(1 + C) * k], 0);
    for (int i = 0; i < C; ++i) set_lane<C>(x[k], i, in[(1 + C) * k + 1 + i]);
  }
  return x;
}

template <int C>
void write(const std::vector<Dual<C>>& x, double* out) {
  for (std::size_t k = 0; k < x.size(); ++k) {
    out[(1 + C) * k] = value<C>(x[k]);
    for (int i = 0; i < C; ++i) out[(1 + C) * k + 1 + i] = lane<C>(x[k], i);
  }
}

template <class F, int C>
struct Linear : Kernel {
  F f;
  std::vector<double> out;
  explicit Linear(const std::vector<double>& in) : f(in) { out.resize(f.y.size() * (1 + C)); }
  void repeat(std::size_t times) override {
    for (std::size_t k = 0; k < times; ++k) {
      barrier(&f);
      f.run();
      write<C>(f.y, out.data());
      barrier(out.data());
    }
  }
  void answer(double* to) override {
    f.run();
    write<C>(f.y, to);
  }
};

struct MatrixVector {
  static constexpr int SIDE = 256;
  std::vector<double> a;
  std::vector<Dual<8>> x, y;
  explicit MatrixVector(const std::vector<double>& in)
      : a(in.begin(), in.begin() + SIDE * SIDE), x(numbers<8>(in.data() + SIDE * SIDE, SIDE)), y(SIDE) {}
  void run() {
    for (int i = 0; i < SIDE; ++i) {
      Dual<8> sum(0.0);
      for (int j = 0; j < SIDE; ++j) sum += a[SIDE * i + j] * x[j];
      y[i] = sum;
    }
  }
};

struct MatrixMatrix {
  std::vector<Dual<8>> a, b, y;
  explicit MatrixMatrix(const std::vector<double>& in)
      : a(numbers<8>(in.data(), 256)), b(numbers<8>(in.data() + 256 * 9, 256)), y(256) {}
  void run() {
    for (auto& y : y) y = Dual<8>(0.0);
    for (int i = 0; i < 16; ++i)
      for (int k = 0; k < 16; ++k)
        for (int j = 0; j < 16; ++j) y[16 * i + j] += a[16 * i + k] * b[16 * k + j];
  }
};

struct Solution {
  static constexpr int ORDER = 10;
  std::vector<Dual<4>> a, b, y;
  explicit Solution(const std::vector<double>& in)
      : a(numbers<4>(in.data(), ORDER * ORDER)), b(numbers<4>(in.data() + ORDER * ORDER * 5, ORDER)), y(ORDER) {}
  void run() {
    using T = Dual<4>;
    T lu[ORDER][ORDER], x[ORDER];
    for (int i = 0; i < ORDER; ++i) {
      for (int j = 0; j < ORDER; ++j) lu[i][j] = a[ORDER * i + j];
      x[i] = b[i];
    }
    for (int k = 0; k < ORDER; ++k) {
      int pivot = k;
      for (int i = k + 1; i < ORDER; ++i)
        if (std::abs(value<4>(lu[i][k])) > std::abs(value<4>(lu[pivot][k]))) pivot = i;
      if (pivot != k) {
        for (int j = 0; j < ORDER; ++j) std::swap(lu[k][j], lu[pivot][j]);
        std::swap(x[k], x[pivot]);
      }
      for (int i = k + 1; i < ORDER; ++i) {
        const T factor = lu[i][k] / lu[k][k];
        lu[i][k] = factor;
        for (int j = k + 1; j < ORDER; ++j) lu[i][j] -= factor * lu[k][j];
      }
    }
    for (int i = 0; i < ORDER; ++i)
      for (int j = 0; j < i; ++j) x[i] -= lu[i][j] * x[j];
    for (int i = ORDER - 1; i >= 0; --i) {
      for (int j = i + 1; j < ORDER; ++j) x[i] -= lu[i][j] * x[j];
      x[i] /= lu[i][i];
    }
    for (int i = 0; i < ORDER; ++i) y[i] = x[i];
  }
};

// ---- By name ---------------------------------------------------------------------------------------------------------------

template <class K>
std::unique_ptr<Kernel> make(const std::vector<double>& in) {
  return std::make_unique<K>(in);
}

const std::map<std::string, std::function<std::unique_ptr<Kernel>(const std::vector<double>&)>> KERNELS = {
    {"rosenbrock 4", make<Small<Fixed<Rosenbrock, 4>>>},
    {"rosenbrock 10", make<Small<Fixed<Rosenbrock, 10>>>},
    {"rosenbrock, 8 lanes", make<Chunked<Rosenbrock, 8>>},
    {"rosenbrock, 16 lanes", make<Chunked<Rosenbrock, 16>>},
    {"rosenbrock, 24 lanes", make<Chunked<Rosenbrock, 24>>},
    {"ackley 10", make<Small<Fixed<Ackley, 10>>>},
    {"ackley, 8 lanes", make<Chunked<Ackley, 8>>},
    {"ackley, 16 lanes", make<Chunked<Ackley, 16>>},
    {"ackley, 24 lanes", make<Chunked<Ackley, 24>>},
    {"broyden, 8 lanes", make<Chunked<Broyden, 8>>},
    {"broyden, 16 lanes", make<Chunked<Broyden, 16>>},
    {"reprojection", make<Small<Reprojection>>},
    {"weighted reprojection", make<Small<Weighted>>},
    {"rat43", make<Small<Rat43>>},
    {"relative pose", make<Small<RelativePose>>},
    {"reflectance", make<Small<Reflectance>>},
    {"lorenz", make<Small<Lorenz>>},
    {"three bodies", make<Small<ThreeBodies>>},
    {"transcendental", make<Small<Transcendental>>},
    {"matrix times vector", make<Linear<MatrixVector, 8>>},
    {"matrix times matrix", make<Linear<MatrixMatrix, 8>>},
    {"linear system", make<Linear<Solution, 4>>},
};

}  // namespace

extern "C" {
void* peers_prepare(const char* name, const double* inputs, std::size_t length) {
  const auto found = KERNELS.find(name);
  if (found == KERNELS.end()) return nullptr;
  return found->second(std::vector<double>(inputs, inputs + length)).release();
}
void peers_repeat(void* kernel, std::size_t times) { static_cast<Kernel*>(kernel)->repeat(times); }
void peers_answer(void* kernel, double* out) { static_cast<Kernel*>(kernel)->answer(out); }
void peers_drop(void* kernel) { delete static_cast<Kernel*>(kernel); }
}
