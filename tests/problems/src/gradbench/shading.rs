//! Disney's reflectance (Burley, "Physically based shading at Disney", SIGGRAPH 2012), one of Ceres's benchmarks.

use tangents::{Real, value_and_jacobian};

use super::vec3::{add, at, dot, norm, scale};
use crate::reference::{Deviations, array, c, entry, json, list, matrix, vector};

fn square<T: Real>(x: T) -> T {
    x * x
}

fn lerp<T: Real>(a: T, b: T, u: T) -> T {
    a + u * (b - a)
}

/// Schlick's approximation of Fresnel's law.
fn fresnel<T: Real>(cosine: T) -> T {
    (T::one() - cosine).powi(5)
}

/// Smith's shadowing for GGX.
fn shadowing<T: Real>(cosine: T, roughness: T) -> T {
    let (a, b) = (square(roughness), square(cosine));
    (cosine + (a + b - a * b).sqrt()).recip()
}

/// The clearcoat's distribution of facets.
fn gtr_1<T: Real>(cosine: T, width: T) -> T {
    if width >= T::one() {
        return T::PI().recip();
    }
    let a = square(width);
    (a - T::one()) / (T::PI() * a.ln() * (T::one() + (a - T::one()) * square(cosine)))
}

/// The material's ten numbers, colour, normal, view, light and the two tangents, to the light reflected per channel.
fn disney<T: Real>(p: &[T]) -> [T; 3] {
    let one = T::one();
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
    let half = scale(norm(half).recip(), half);
    let (n_l, n_v, n_h, l_h) = (dot(normal, light), dot(normal, view), dot(normal, half), dot(light, half));
    let luminance = dot([0.3, 0.6, 0.1].map(c), colour);
    let tint = scale(luminance.recip(), colour);

    let (at_light, at_view) = (fresnel(n_l), fresnel(n_v));
    let retro = |grazing: T| lerp(one, grazing, at_light) * lerp(one, grazing, at_view);
    let diffuse = retro(c::<T>(0.5) + c::<T>(2.0) * square(l_h) * roughness);
    let scattered = retro(square(l_h) * roughness);
    let scattered = c::<T>(1.25) * (scattered * ((n_l + n_v).recip() - c(0.5)) + c(0.5));

    let aspect = (one - anisotropic * c(0.9)).sqrt();
    let [width_x, width_y] =
        [square(roughness) / aspect, square(roughness) * aspect].map(|w| w.max(c(0.001)));
    let ellipse = square(dot(half, x) / width_x) + square(dot(half, y) / width_y) + square(n_h);
    let glossy = (T::PI() * width_x * width_y * square(ellipse)).recip();
    let roughness_squared = square(lerp(c(0.5), one, roughness));
    let shadow = shadowing(n_l, roughness_squared) * shadowing(n_v, roughness_squared);

    let at_half = fresnel(l_h);
    let coat = gtr_1(n_h, lerp(c(0.1), c(0.001), gloss)) * lerp(c(0.04), one, at_half);
    let coat = c::<T>(0.25) * clearcoat * coat * shadowing(n_l, c(0.25)) * shadowing(n_v, c(0.25));

    std::array::from_fn(|i| {
        let base = lerp(diffuse, scattered, subsurface) / T::PI() * colour[i];
        let fuzz = at_half * sheen * lerp(one, tint[i], sheen_tint);
        let mirror = lerp(specular * c(0.08) * lerp(one, tint[i], specular_tint), colour[i], metallic);
        let mirror = shadow * glossy * lerp(mirror, one, at_half);
        n_l * ((base + fuzz) * (one - metallic) + mirror + coat)
    })
}

#[test]
fn reflectances_and_jacobians_are_those_of_the_references() {
    let file = json("gradbench/ceres.json");
    let mut deviations = Deviations::default();
    for point in list(&entry(&file["problems"], "name", "DisneyBRDF")["points"]) {
        let (f, j) = value_and_jacobian(disney, &array::<28>(&point["x"]));
        deviations.row("f", &f, &vector(&point["f"]));
        deviations.rows("J", &j, &matrix(&point["J"]));
    }
    deviations.none();
}
