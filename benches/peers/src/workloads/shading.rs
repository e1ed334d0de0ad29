//! Disney's reflectance (Burley, "Physically based shading at Disney", SIGGRAPH 2012).

use std::f64::consts::{FRAC_1_PI, PI};

use super::VectorFunction;
use super::vec3::{Vec3, add, at, dot, scale};
use crate::number::Number;

#[inline(always)]
fn square<T: Number>(x: T) -> T {
    x * x
}

#[inline(always)]
fn lerp<T: Number>(a: T, b: T, u: T) -> T {
    a + u * (b - a)
}

/// From 1 to `b`.
#[inline(always)]
fn from_one<T: Number>(b: T, u: T) -> T {
    u * (b - 1.0) + 1.0
}

/// Schlick's approximation of Fresnel's law.
#[inline(always)]
fn fresnel<T: Number>(cosine: T) -> T {
    (-cosine + 1.0).powi(5)
}

/// Smith's shadowing for GGX.
#[inline(always)]
fn shadowing<T: Number>(cosine: T, roughness: T) -> T {
    let (a, b) = (square(roughness), square(cosine));
    (cosine + (a + b - a * b).sqrt()).recip()
}

/// The clearcoat's distribution of facets.
#[inline(always)]
fn gtr_1<T: Number>(cosine: T, width: T) -> T {
    if width.value() >= 1.0 {
        return T::lit(FRAC_1_PI);
    }
    let a = square(width) - 1.0;
    a / (square(width).ln() * PI * (a * square(cosine) + 1.0))
}

#[inline(always)]
fn at_least<T: Number>(x: T, least: f64) -> T {
    if x.value() < least { T::lit(least) } else { x }
}

/// The light reflected per channel, from a material's ten numbers, its colour, normal, view, light and two tangents.
#[derive(Clone)]
pub(super) struct Reflectance;

impl VectorFunction<28, 3> for Reflectance {
    #[inline(always)]
    fn eval<T: Number>(&self, p: &[T]) -> [T; 3] {
        let &[
            metallic,
            subsurface,
            specular,
            roughness,
            specular_tint,
            anisotropic,
            sheen,
            sheen_tint,
            clearcoat,
            gloss,
        ] = p.first_chunk().expect("ten numbers of a material");
        let [colour, normal, view, light, x, y] = std::array::from_fn(|i| at(p, 10 + 3 * i));

        let half = add(light, view);
        let half = scale(dot(half, half).sqrt().recip(), half);
        let (n_l, n_v, n_h, l_h) =
            (dot(normal, light), dot(normal, view), dot(normal, half), dot(light, half));
        let luminance = colour[0] * 0.3 + colour[1] * 0.6 + colour[2] * 0.1;
        let tint = scale(luminance.recip(), colour);

        let (at_light, at_view) = (fresnel(n_l), fresnel(n_v));
        let grazing = square(l_h) * roughness;
        let retro = |grazing: T| from_one(grazing, at_light) * from_one(grazing, at_view);
        let diffuse = retro(grazing * 2.0 + 0.5);
        let scattered = (retro(grazing) * ((n_l + n_v).recip() - 0.5) + 0.5) * 1.25;

        let aspect = (-anisotropic * 0.9 + 1.0).sqrt();
        let squared = square(roughness);
        let (width_x, width_y) = (at_least(squared / aspect, 0.001), at_least(squared * aspect, 0.001));
        let ellipse = square(dot(half, x) / width_x) + square(dot(half, y) / width_y) + square(n_h);
        let glossy = (width_x * width_y * square(ellipse) * PI).recip();
        let wide = square(roughness * 0.5 + 0.5);
        let shadow = shadowing(n_l, wide) * shadowing(n_v, wide);

        let at_half = fresnel(l_h);
        let coat = gtr_1(n_h, gloss * (0.001 - 0.1) + 0.1) * (at_half * 0.96 + 0.04);
        let quarter = T::lit(0.25);
        let coat = clearcoat * coat * shadowing(n_l, quarter) * shadowing(n_v, quarter) * 0.25;

        let mixed = lerp(diffuse, scattered, subsurface) * FRAC_1_PI;
        std::array::from_fn(|i| {
            let fuzz = at_half * sheen * from_one(tint[i], sheen_tint);
            let mirror = lerp(specular * from_one(tint[i], specular_tint) * 0.08, colour[i], metallic);
            let mirror = shadow * glossy * (at_half * (-mirror + 1.0) + mirror);
            n_l * ((mixed * colour[i] + fuzz) * (-metallic + 1.0) + mirror + coat)
        })
    }

    /// The derivatives by the cosines and the material, then those of the cosines by the vectors.
    #[inline(always)]
    #[expect(clippy::too_many_lines, reason = "one formula, whose parts would only pass numbers around")]
    fn by_hand(&self, p: &[f64; 28]) -> ([f64; 3], [[f64; 28]; 3]) {
        let &[metallic, subsurface, specular, roughness, specular_tint, anisotropic, sheen, sheen_tint, ..] =
            p;
        let (clearcoat, gloss) = (p[8], p[9]);
        let [colour, normal, view, light, x, y]: [Vec3<f64>; 6] = std::array::from_fn(|i| at(p, 10 + 3 * i));
        let sum = add(light, view);
        let over = dot(sum, sum).sqrt().recip();
        let half = scale(over, sum);
        let (n_l, n_v, n_h, l_h) =
            (dot(normal, light), dot(normal, view), dot(normal, half), dot(light, half));
        let (h_x, h_y) = (dot(half, x), dot(half, y));
        let (at_light, at_view, at_half) = (Fresnel::new(n_l), Fresnel::new(n_v), Fresnel::new(l_h));

        // The base, over π.
        let grazing = l_h * l_h * roughness;
        let retro = |b: f64| {
            let (b, light, view) =
                (b - 1.0, 1.0 + at_light.value * (b - 1.0), 1.0 + at_view.value * (b - 1.0));
            (light * view, at_light.value * view + at_view.value * light, b * view, b * light)
        };
        let (diffuse, diffuse_by_b, diffuse_by_light, diffuse_by_view) = retro(0.5 + 2.0 * grazing);
        let (weak, weak_by_b, weak_by_light, weak_by_view) = retro(grazing);
        let nearness = (n_l + n_v).recip();
        let share = 1.25 * (nearness - 0.5);
        let scattered = weak * share + 0.625;
        let mixed = FRAC_1_PI * lerp(diffuse, scattered, subsurface);
        let (diffusing, scattering) = (FRAC_1_PI * (1.0 - subsurface), FRAC_1_PI * subsurface);
        let by_grazing = 2.0 * diffusing * diffuse_by_b + scattering * share * weak_by_b;
        let by_nearness = -1.25 * scattering * weak * nearness * nearness;
        let mixed_by = Slopes {
            n_l: at_light.slope * (diffusing * diffuse_by_light + scattering * share * weak_by_light)
                + by_nearness,
            n_v: at_view.slope * (diffusing * diffuse_by_view + scattering * share * weak_by_view)
                + by_nearness,
            l_h: 2.0 * l_h * roughness * by_grazing,
            roughness: l_h * l_h * by_grazing,
            ..Slopes::default()
        };

        // The mirror without its colour: its logarithm's derivatives.
        let aspect = (1.0 - 0.9 * anisotropic).sqrt();
        let squared = roughness * roughness;
        let by_aspect = -0.45 / aspect;
        let width = |value: f64, by_roughness: f64, by_anisotropic: f64| {
            if value < 0.001 { (0.001, 0.0, 0.0) } else { (value, by_roughness, by_anisotropic) }
        };
        let (width_x, x_by_roughness, x_by_anisotropic) =
            width(squared / aspect, 2.0 * roughness / aspect, -squared / (aspect * aspect) * by_aspect);
        let (width_y, y_by_roughness, y_by_anisotropic) =
            width(squared * aspect, 2.0 * roughness * aspect, squared * by_aspect);
        let (along_x, along_y) = (h_x / width_x, h_y / width_y);
        let ellipse = along_x * along_x + along_y * along_y + n_h * n_h;
        let glossy = (PI * width_x * width_y * ellipse * ellipse).recip();
        let steep = 4.0 / ellipse;
        let by_width_x = (steep * along_x * along_x - 1.0) / width_x;
        let by_width_y = (steep * along_y * along_y - 1.0) / width_y;
        let root = 0.5 + 0.5 * roughness;
        let (wide_light, wide_view) = (Shadow::new(n_l, root * root), Shadow::new(n_v, root * root));
        let shine = wide_light.value * wide_view.value * glossy;
        let shine_by = Slopes {
            n_l: shine * wide_light.by_cosine,
            n_v: shine * wide_view.by_cosine,
            n_h: -shine * steep * n_h,
            h_x: -shine * steep * along_x / width_x,
            h_y: -shine * steep * along_y / width_y,
            roughness: shine
                * ((wide_light.by_roughness + wide_view.by_roughness) * root
                    + by_width_x * x_by_roughness
                    + by_width_y * y_by_roughness),
            l_h: 0.0,
        };
        let shine_by_anisotropic = shine * (by_width_x * x_by_anisotropic + by_width_y * y_by_anisotropic);

        // The coat, the same way.
        let width = 0.1 - 0.099 * gloss;
        let (facets, facets_by_n_h, facets_by_gloss) = if width >= 1.0 {
            (FRAC_1_PI, 0.0, 0.0)
        } else {
            let (a, log) = (width * width - 1.0, (width * width).ln());
            let spread = (1.0 + a * n_h * n_h).recip();
            let by_width = 2.0 * width * (a.recip() - n_h * n_h * spread) - 2.0 / (width * log);
            (a * spread / (PI * log), -2.0 * a * n_h * spread, -0.099 * by_width)
        };
        let (coat_light, coat_view) = (Shadow::new(n_l, 0.25), Shadow::new(n_v, 0.25));
        let reflected = 0.04 + 0.96 * at_half.value;
        let coat_by_clearcoat = 0.25 * facets * reflected * coat_light.value * coat_view.value;
        let coat = clearcoat * coat_by_clearcoat;
        let coat_by = Slopes {
            n_l: coat * coat_light.by_cosine,
            n_v: coat * coat_view.by_cosine,
            n_h: coat * facets_by_n_h,
            l_h: coat * 0.96 * at_half.slope / reflected,
            ..Slopes::default()
        };

        let weights = [0.3, 0.6, 0.1];
        let bright = dot(weights, colour).recip();
        let (body, rest, mirrored) = (1.0 - metallic, 1.0 - at_half.value, shine * (1.0 - at_half.value));
        let (mut value, mut jacobian) = ([0.0; 3], [[0.0; 28]; 3]);
        for (c, (value, row)) in value.iter_mut().zip(&mut jacobian).enumerate() {
            let tint = bright * colour[c];
            let (sheen_of, specular_of) =
                (1.0 + sheen_tint * (tint - 1.0), 1.0 + specular_tint * (tint - 1.0));
            let fuzz = at_half.value * sheen * sheen_of;
            let dull = 0.08 * specular * specular_of;
            let mirror = lerp(dull, colour[c], metallic);
            let lit = mirror + at_half.value * (1.0 - mirror);
            let base = mixed * colour[c] + fuzz;
            let light_out = base * body + shine * lit + coat;
            *value = n_l * light_out;

            let (by_mixed, by_shine) = (n_l * colour[c] * body, n_l * lit);
            let by = |slope: fn(&Slopes) -> f64| {
                by_mixed * slope(&mixed_by) + by_shine * slope(&shine_by) + n_l * slope(&coat_by)
            };
            let by_half = n_l * (body * sheen * sheen_of + shine * (1.0 - mirror));
            row[0] = n_l * (mirrored * (colour[c] - dull) - base);
            row[1] = by_mixed * FRAC_1_PI * (scattered - diffuse);
            row[2] = n_l * mirrored * body * 0.08 * specular_of;
            row[3] = by(|slopes| slopes.roughness);
            row[4] = n_l * mirrored * body * 0.08 * specular * (tint - 1.0);
            row[5] = by_shine * shine_by_anisotropic;
            row[6] = n_l * body * at_half.value * sheen_of;
            row[7] = n_l * body * at_half.value * sheen * (tint - 1.0);
            row[8] = n_l * coat_by_clearcoat;
            row[9] = n_l * coat * facets_by_gloss;

            let by_tint = n_l
                * body
                * (at_half.value * sheen * sheen_tint + mirrored * 0.08 * specular * specular_tint);
            for k in 0..3 {
                row[10 + k] = -by_tint * tint * bright * weights[k];
            }
            row[10 + c] += by_tint * bright + n_l * (mixed * body + shine * rest * metallic);

            let by_n_l = light_out + by(|slopes| slopes.n_l);
            let (by_n_v, by_n_h) = (by(|slopes| slopes.n_v), by(|slopes| slopes.n_h));
            let by_l_h = by(|slopes| slopes.l_h) + by_half * at_half.slope;
            let (by_h_x, by_h_y) = (by(|slopes| slopes.h_x), by(|slopes| slopes.h_y));
            let by_h: Vec3<f64> = std::array::from_fn(|i| {
                by_n_h * normal[i] + by_l_h * light[i] + by_h_x * x[i] + by_h_y * y[i]
            });
            let along = dot(half, by_h);
            for i in 0..3 {
                let by_sum = over * (by_h[i] - along * half[i]);
                row[13 + i] = by_n_l * light[i] + by_n_v * view[i] + by_n_h * half[i];
                row[16 + i] = by_n_v * normal[i] + by_sum;
                row[19 + i] = by_n_l * normal[i] + by_l_h * half[i] + by_sum;
                row[22 + i] = by_h_x * half[i];
                row[25 + i] = by_h_y * half[i];
            }
        }
        (value, jacobian)
    }
}

/// The derivatives of a part by the cosines, and by the roughness.
#[derive(Default)]
struct Slopes {
    n_l: f64,
    n_v: f64,
    n_h: f64,
    l_h: f64,
    h_x: f64,
    h_y: f64,
    roughness: f64,
}

/// [`fresnel`] with its derivative.
struct Fresnel {
    value: f64,
    slope: f64,
}

impl Fresnel {
    #[inline(always)]
    fn new(cosine: f64) -> Self {
        let rest = 1.0 - cosine;
        let fourth = rest * rest * rest * rest;
        Self { value: fourth * rest, slope: -5.0 * fourth }
    }
}

/// [`shadowing`] with the derivatives of its logarithm.
struct Shadow {
    value: f64,
    by_cosine: f64,
    by_roughness: f64,
}

impl Shadow {
    #[inline(always)]
    fn new(cosine: f64, roughness: f64) -> Self {
        let (a, b) = (roughness * roughness, cosine * cosine);
        let root = (a + b - a * b).sqrt();
        let value = (cosine + root).recip();
        let over = value / root;
        Self {
            value,
            by_cosine: -value - cosine * (1.0 - a) * over,
            by_roughness: -roughness * (1.0 - b) * over,
        }
    }
}
