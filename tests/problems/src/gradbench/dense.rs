//! `GradBench`'s small dense problems: ordinary differential equation, determinant by minors, k-means, least squares,
//! log-sum-exp.

use tangents::{
    Real, ValueGradientHessian, gradient, hessian, hvp, value_and_gradient, value_and_hvp,
    value_and_jacobian, value_gradient_and_hessian,
};

use crate::reference::{Deviations, array, c, count, entry, json, list, matrix, n, number, string, vector};

/// y₀′ = x₀, yᵢ′ = xᵢ·yᵢ₋₁ from 0 to 2 by the classical method of Runge and Kutta.
fn chain<T: Real>(x: &[T], steps: usize) -> Vec<T> {
    let rhs =
        |y: &[T]| -> Vec<T> { (0..x.len()).map(|i| if i == 0 { x[0] } else { x[i] * y[i - 1] }).collect() };
    let axpy = |y: &[T], h: T, k: &[T]| -> Vec<T> { y.iter().zip(k).map(|(&y, &k)| y + h * k).collect() };
    let h = c::<T>(2.0) / n(steps);
    (0..steps).fold(vec![T::zero(); x.len()], |y, _| {
        let k1 = rhs(&y);
        let k2 = rhs(&axpy(&y, h / c(2.0), &k1));
        let k3 = rhs(&axpy(&y, h / c(2.0), &k2));
        let k4 = rhs(&axpy(&y, h, &k3));
        (0..y.len()).map(|i| y[i] + h / c(6.0) * (k1[i] + c::<T>(2.0) * (k2[i] + k3[i]) + k4[i])).collect()
    })
}

#[test]
fn jacobians_of_an_integrator_are_those_of_the_references() {
    let file = json("gradbench/ode.json");
    let mut deviations = Deviations::default();
    for problem in list(&file["problems"]) {
        let (what, steps) = (string(&problem["label"]), count(&problem["s"]));
        let (f, j) = value_and_jacobian(|x| chain(x, steps), &vector(&problem["x"]));
        deviations.row(what, &f, &vector(&problem["f"]));
        deviations.rows(what, &j, &matrix(&problem["J"]));
        let last = gradient(|x| chain(x, steps)[x.len() - 1], &vector(&problem["x"]));
        deviations.row(what, &last, &vector(&problem["grad_last_discrete_equals_y_over_x"]));
    }
    deviations.none();
}

/// The determinant of the rows from `row` on in the columns still there, expanded by the first of these rows.
fn minor<T: Real>(a: &[T], order: usize, row: usize, columns: &[usize]) -> T {
    let term = |(k, &column): (usize, &usize)| {
        let others = [&columns[..k], &columns[k + 1..]].concat();
        let cofactor = a[row * order + column] * minor(a, order, row + 1, &others);
        if k.is_multiple_of(2) { cofactor } else { -cofactor }
    };
    if columns.is_empty() { T::one() } else { T::sum(columns.iter().enumerate().map(term)) }
}

fn determinant<T: Real>(a: &[T], order: usize) -> T {
    minor(a, order, 0, &(0..order).collect::<Vec<_>>())
}

#[test]
fn gradients_and_hessians_of_determinants_are_those_of_the_references() {
    let file = json("gradbench/det.json");
    let mut deviations = Deviations::default();
    for problem in list(&file["problems"]) {
        let (a, order) = (vector(&problem["A"]), count(&problem["ell"]));
        let what = format!("order {order}");
        let (value, g) = value_and_gradient(|a| determinant(a, order), &a);
        // A product of five entries of size 1; they cancel.
        deviations.scaled_row(&what, &[value], &[number(&problem["det"])], 1.0);
        deviations.row(&what, &g, &vector(&problem["grad"]));
        if !problem["hess"].is_null() {
            deviations.rows(&what, &hessian(|a| determinant(a, order), &a), &matrix(&problem["hess"]));
        }
    }
    let first = &list(&file["problems"])[0];
    let ValueGradientHessian { gradient: g, hessian: h, .. } =
        value_gradient_and_hessian(|a| determinant(a, 3), &array::<9>(&first["A"]));
    deviations.row("array", &g, &vector(&first["grad"]));
    deviations.rows("array", &h, &matrix(&first["hess"]));
    deviations.none();
}

/// The sum of the squared distances of points to the nearest of the centroids.
fn k_means<T: Real>(centroids: &[T], points: &[Vec<f64>]) -> T {
    let distance = |centroid: &[T], point: &[f64]| {
        T::sum(centroid.iter().zip(point).map(|(&centroid, &point)| (centroid - c(point)).powi(2)))
    };
    let nearest = |point: &Vec<f64>| {
        let distances = centroids.chunks(point.len()).map(|centroid| distance(centroid, point));
        distances.fold(T::infinity(), T::min)
    };
    T::sum(points.iter().map(nearest))
}

#[test]
fn gradients_and_hessians_of_k_means_are_those_of_the_references() {
    let file = json("gradbench/kmeans.json");
    let mut deviations = Deviations::default();
    for problem in list(&file["problems"]) {
        let points = matrix(&problem["points"]);
        let centroids = matrix(&problem["centroids"]).concat();
        let what = format!("{} points", points.len());
        let (expected_g, diagonal) =
            (matrix(&problem["grad"]).concat(), matrix(&problem["hess_diag"]).concat());
        let g = gradient(|x| k_means(x, &points), &centroids);
        deviations.row(&what, &g, &expected_g);
        // The Hessian is diagonal: its product with ones is its diagonal.
        let ones = vec![1.0; centroids.len()];
        let (cost, hv) = value_and_hvp(|x| k_means(x, &points), &centroids, &ones);
        deviations.row(&what, &[cost], &[number(&problem["cost"])]);
        assert_eq!(hv, diagonal, "{what}");
        let newton: Vec<_> = g.iter().zip(hv).map(|(g, h)| g / h).collect();
        deviations.row(&what, &newton, &matrix(&problem["dir"]).concat());
        if centroids.len() < 16 {
            for (i, row) in hessian(|x| k_means(x, &points), &centroids).iter().enumerate() {
                let expected = (0..row.len()).map(|j| if i == j { diagonal[i] } else { 0.0 });
                assert_eq!(*row, expected.collect::<Vec<_>>(), "{what}");
            }
        }
    }
    deviations.none();
}

/// Half the squared distance of a polynomial to the sign function at `m` abscissae in [−1, 1].
fn least_squares<T: Real>(x: &[T], m: usize) -> T {
    let residual = |i| {
        let t = -T::one() + c::<T>(2.0) * n(i) / n(m - 1);
        t.signum() - x.iter().rev().fold(T::zero(), |sum, &x| sum * t + x)
    };
    T::sum((0..m).map(|i| residual(i).powi(2))) / c(2.0)
}

fn log_sum_exp<T: Real>(x: &[T]) -> T {
    // exp overflows from 710 on.
    let largest = x.iter().copied().fold(T::neg_infinity(), T::max);
    largest + T::sum(x.iter().map(|&x| (x - largest).exp())).ln()
}

#[test]
fn least_squares_and_log_sum_exp_are_those_of_the_references() {
    let file = json("gradbench/llsq_lse.json");
    let llsq = entry(&file["problems"], "kind", "llsq");
    let mut deviations = Deviations::default();
    let points = count(&llsq["n"]);
    let ValueGradientHessian { value: y, gradient: g, hessian: h } =
        value_gradient_and_hessian(|x| least_squares(x, points), &vector(&llsq["x"]));
    deviations.row("least squares", &[y], &[number(&llsq["y"])]);
    deviations.row("least squares", &g, &vector(&llsq["grad"]));
    deviations.rows("least squares", &h, &matrix(&llsq["hess"]));

    let cases = list(&file["problems"]).iter().filter(|problem| problem["kind"] == "lse");
    let mut number_of_cases = 0;
    for problem in cases {
        number_of_cases += 1;
        let what = format!("log-sum-exp of {:?}", vector(&problem["range"]));
        let x = vector(&problem["x"]);
        let ValueGradientHessian { value: y, gradient: g, hessian: h } =
            value_gradient_and_hessian(log_sum_exp, &x);
        let diagonal: Vec<_> = (0..x.len()).map(|i| h[i][i]).collect();
        deviations.row(&what, &[y], &[number(&problem["y"])]);
        deviations.row(&what, &g, &vector(&problem["grad"]));
        deviations.row(&what, &diagonal, &vector(&problem["hess_diag"]));
        // A shift of all coordinates is a shift of the value: H·1 = 0.
        let flat = hvp(log_sum_exp, &x, &vec![1.0; x.len()]);
        deviations.scaled_row(&what, &flat, &vec![0.0; x.len()], 1.0);
    }
    assert_eq!(number_of_cases, 3);
    deviations.none();
}
