//! Linear algebra on dual numbers, as it comes in a user's code: loops that know nothing of derivatives.

use hyperjet::jets::Jet1;
use nalgebra::{SMatrix, SVector};
use num_dual::DualSVec64;
use tangents::{Dual, matmul, matvec_into};

use super::{VectorFunction, small_jacobian};
use crate::measured::{Goal, Who};
use crate::number::{AdTrait, Lanes, Number};
use crate::runner::Workload;
use crate::shared;

pub(super) fn workloads() -> Vec<Workload> {
    let affine = Affine(std::array::from_fn(|i| std::array::from_fn(|j| entry(i, j))));
    let x = std::array::from_fn(|i| entry(i, 3));
    vec![
        small_jacobian::<10, 11, 20, _>("matrix 20 × 10 times vector, Jacobian", &[(affine, x)]),
        matrix_times_vector().goal(Goal::OverPeers(2.0)),
        matrix_times_matrix().goal(Goal::OverPeers(2.0)),
        solve(),
    ]
}

/// Entries without pattern, between −1 and 1: the upper bits of a mixed index (Steele et al., `SplitMix`).
#[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
fn entry(i: usize, j: usize) -> f64 {
    let mut bits = ((i << 16 | j) as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    (bits >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

/// The tangents of an entry.
fn tangents_of<const C: usize>(i: usize, j: usize) -> [f64; C] {
    std::array::from_fn(|lane| entry(i + 31 * lane, j + 7 * lane))
}

fn number<const C: usize, D: Lanes<C>>(i: usize, j: usize) -> D {
    D::from_parts(entry(i, j), tangents_of(i, j))
}

/// A matrix times the vector; the Jacobian is the matrix.
#[derive(Clone)]
struct Affine([[f64; 10]; 20]);

impl VectorFunction<10, 20> for Affine {
    #[inline(always)]
    fn eval<T: Number>(&self, x: &[T]) -> [T; 20] {
        std::array::from_fn(|i| {
            let mut sum = T::lit(0.0);
            for (j, a) in self.0[i].iter().enumerate() {
                sum = sum + x[j] * *a;
            }
            sum
        })
    }

    #[inline(always)]
    fn by_hand(&self, x: &[f64; 10]) -> ([f64; 20], [[f64; 10]; 20]) {
        (self.eval(x), self.0)
    }
}

/// Who multiplies or solves on numbers with `$C` lanes.
macro_rules! on_lanes {
    ($workload:ident, $C:literal $LENGTH:literal, $entry:ident) => {
        $workload = $entry::<$C, Dual<f64, $C>>($workload, Who::Tangents, "loops");
        $workload = $entry::<$C, DualSVec64<$C>>($workload, Who::NumDual, "");
        $workload = $entry::<$C, Jet1<$C>>($workload, Who::Hyperjet, "");
        $workload = $entry::<$C, hyperdual::Hyperdual<f64, $LENGTH>>($workload, Who::Hyperdual, "");
        $workload = $entry::<$C, AdTrait<$C>>($workload, Who::AdTrait, "");
    };
}

// ---- A plain matrix times a vector with 8 lanes ------------------------------------------------------------------

const SIDE: usize = 256;

#[inline(always)]
fn product<T: Number>(a: &[f64], x: &[T], y: &mut [T]) {
    for (row, y) in a.chunks_exact(x.len()).zip(y) {
        let mut sum = T::lit(0.0);
        for (a, x) in row.iter().zip(x) {
            sum = sum + *x * *a;
        }
        *y = sum;
    }
}

fn matrix_times_vector() -> Workload {
    fn on<const C: usize, D: Lanes<C>>(workload: Workload, who: Who, call: &str) -> Workload {
        let x: Vec<D> = (0..SIDE).map(|j| number(j, 5)).collect();
        let mut y = vec![D::lit(0.0); SIDE];
        workload.entry_into(who, call, &(matrix(), x), SIDE * (1 + C), move |(a, x), out| {
            product(a, x, &mut y);
            write(&y, out);
        })
    }
    fn matrix() -> Vec<f64> {
        (0..SIDE * SIDE).map(|i| entry(i / SIDE, i % SIDE)).collect()
    }
    let x: Vec<f64> = (0..SIDE).map(|j| entry(j, 5)).collect();
    let lanes: Vec<[f64; 8]> = (0..SIDE).map(|j| tangents_of(j, 5)).collect();
    let mut workload = Workload::new(format!("matrix {SIDE} × {SIDE} times vector with 8 lanes"))
        .entry_into(Who::Plain, "", &(matrix(), x.clone()), SIDE, |(a, x), y| product(a, x, y))
        .entry_into(Who::Hand, "", &(matrix(), x, lanes), SIDE * 9, |(a, x, lanes), out| {
            // A product of two matrices, two rows at once.
            for (rows, out) in a.chunks_exact(2 * SIDE).zip(out.chunks_exact_mut(2 * 9)) {
                let (mut sums, mut tangents) = ([0.0; 2], [[0.0; 8]; 2]);
                for (j, (x, lanes)) in x.iter().zip(lanes).enumerate() {
                    for i in 0..2 {
                        let a = rows[i * SIDE + j];
                        sums[i] += a * x;
                        for (tangent, lane) in tangents[i].iter_mut().zip(lanes) {
                            *tangent += a * lane;
                        }
                    }
                }
                for (i, out) in out.chunks_exact_mut(9).enumerate() {
                    out[0] = sums[i];
                    out[1..].copy_from_slice(&tangents[i]);
                }
            }
        });
    let x: Vec<Dual<f64, 8>> = (0..SIDE).map(|j| number(j, 5)).collect();
    let mut y = x.clone();
    workload = workload.entry_into(
        Who::Tangents,
        "matvec_into",
        &(matrix(), x.clone()),
        SIDE * 9,
        move |(a, x), out| {
            matvec_into(a, x, &mut y).expect("shapes fit");
            write(&y, out);
        },
    );
    on_lanes!(workload, 8 9, on);
    let inputs = [matrix(), flat(&x)].concat();
    shared::add(workload, "matrix times vector", "", &inputs, SIDE * 9)
}

/// Value and lanes of each number.
fn flat<const C: usize, D: Lanes<C>>(numbers: &[D]) -> Vec<f64> {
    let mut out = vec![0.0; numbers.len() * (1 + C)];
    write(numbers, &mut out);
    out
}

/// Value and lanes of each number.
#[inline(always)]
fn write<const C: usize, D: Lanes<C>>(numbers: &[D], out: &mut [f64]) {
    for (number, out) in numbers.iter().zip(out.chunks_exact_mut(1 + C)) {
        out[0] = number.value();
        out[1..].copy_from_slice(&number.lanes());
    }
}

// ---- Two matrices with 8 lanes -----------------------------------------------------------------------------------

type Square<T> = [[T; 16]; 16];

#[inline(always)]
fn square_product<T: Number>(a: &Square<T>, b: &Square<T>) -> Square<T> {
    let mut c = [[T::lit(0.0); 16]; 16];
    for i in 0..16 {
        for k in 0..16 {
            for j in 0..16 {
                c[i][j] = c[i][j] + a[i][k] * b[k][j];
            }
        }
    }
    c
}

fn square<const C: usize, D: Lanes<C>>(offset: usize) -> Square<D> {
    std::array::from_fn(|i| std::array::from_fn(|j| number(i + offset, j)))
}

fn matrix_times_matrix() -> Workload {
    fn on<const C: usize, D: Lanes<C>>(workload: Workload, who: Who, call: &str) -> Workload {
        let matrices = (square::<C, D>(0), square::<C, D>(16));
        workload.entry_into(who, call, &matrices, 256 * (1 + C), |(a, b), out| {
            write(square_product(a, b).as_flattened(), out);
        })
    }
    // Values and tangents apart: a matrix of values and one for each lane.
    let apart = |offset: usize| -> [Square<f64>; 9] {
        let numbers = square::<8, Dual<f64, 8>>(offset);
        std::array::from_fn(|lane| {
            numbers.map(|row| row.map(|x| if lane == 0 { x.re } else { x.eps[lane - 1] }))
        })
    };
    let plain = (apart(0)[0], apart(16)[0]);
    let mut workload = Workload::new("matrices 16 × 16 with 8 lanes, product")
        .entry(Who::Plain, "", &[plain], |(a, b)| square_product(a, b))
        .entry_into(Who::Hand, "", &(apart(0), apart(16)), 256 * 9, |(a, b), out| {
            let value = square_product(&a[0], &b[0]);
            for (out, value) in out.chunks_exact_mut(9).zip(value.as_flattened()) {
                out[0] = *value;
            }
            for lane in 1..9 {
                let (left, right) = (square_product(&a[lane], &b[0]), square_product(&a[0], &b[lane]));
                let sums = left.as_flattened().iter().zip(right.as_flattened());
                for (out, (left, right)) in out.chunks_exact_mut(9).zip(sums) {
                    out[lane] = left + right;
                }
            }
        });
    let matrices = (square::<8, Dual<f64, 8>>(0), square::<8, Dual<f64, 8>>(16));
    workload = workload.entry_into(Who::Tangents, "matmul", &matrices, 256 * 9, |(a, b), out| {
        write(matmul(a, b).as_flattened(), out);
    });
    on_lanes!(workload, 8 9, on);
    let inputs = [0, 16].map(|offset| flat(square::<8, Dual<f64, 8>>(offset).as_flattened())).concat();
    shared::add(workload, "matrix times matrix", "", &inputs, 256 * 9)
}

// ---- A linear system with 4 lanes --------------------------------------------------------------------------------

const ORDER: usize = 10;

type System<T> = ([[T; ORDER]; ORDER], [T; ORDER]);

/// Gauss's elimination with the largest pivot of each column; the factors stay in `a`, and the order of its rows is
/// returned.
#[inline(always)]
fn factor<T: Number>(a: &mut [[T; ORDER]; ORDER]) -> [usize; ORDER] {
    let mut order = std::array::from_fn(|i| i);
    for k in 0..ORDER {
        let mut pivot = k;
        for i in k + 1..ORDER {
            if a[i][k].value().abs() > a[pivot][k].value().abs() {
                pivot = i;
            }
        }
        a.swap(k, pivot);
        order.swap(k, pivot);
        let (top, below) = a.split_at_mut(k + 1);
        for row in below {
            let factor = row[k] / top[k][k];
            row[k] = factor;
            for (x, pivot) in row[k + 1..].iter_mut().zip(&top[k][k + 1..]) {
                *x = *x - factor * *pivot;
            }
        }
    }
    order
}

#[inline(always)]
fn substitute<T: Number>(lu: &[[T; ORDER]; ORDER], order: &[usize; ORDER], b: &[T; ORDER]) -> [T; ORDER] {
    let mut x = order.map(|i| b[i]);
    for i in 0..ORDER {
        for j in 0..i {
            x[i] = x[i] - lu[i][j] * x[j];
        }
    }
    for i in (0..ORDER).rev() {
        for j in i + 1..ORDER {
            x[i] = x[i] - lu[i][j] * x[j];
        }
        x[i] = x[i] / lu[i][i];
    }
    x
}

#[inline(always)]
fn solution<T: Number>((a, b): &System<T>) -> [T; ORDER] {
    let mut lu = *a;
    let order = factor(&mut lu);
    substitute(&lu, &order, b)
}

fn system<const C: usize, D: Lanes<C>>() -> System<D> {
    (
        std::array::from_fn(|i| std::array::from_fn(|j| number(i, j))),
        std::array::from_fn(|i| number(i, ORDER)),
    )
}

fn solve() -> Workload {
    fn on<const C: usize, D: Lanes<C>>(workload: Workload, who: Who, call: &str) -> Workload {
        workload.entry_into(who, call, &system::<C, D>(), ORDER * (1 + C), |system, out| {
            write(&solution(system), out);
        })
    }
    let apart: [System<f64>; 5] = std::array::from_fn(|lane| {
        let (a, b) = system::<4, Dual<f64, 4>>();
        let part = |x: Dual<f64, 4>| if lane == 0 { x.re } else { x.eps[lane - 1] };
        (a.map(|row| row.map(part)), b.map(part))
    });
    let mut workload = Workload::new("linear system 10 × 10 with 4 lanes, by elimination")
        // Errors of the solution are the system's condition times those of its factors.
        .tolerance(1e-10)
        .entry(Who::Plain, "", &[apart[0]], solution)
        .entry_into(Who::Hand, "", &apart, ORDER * 5, |apart, out| {
            // A·dx = db − dA·x, with the factors of A.
            let (a, b) = &apart[0];
            let mut lu = *a;
            let order = factor(&mut lu);
            let x = substitute(&lu, &order, b);
            for i in 0..ORDER {
                out[5 * i] = x[i];
            }
            for (lane, (a, b)) in apart.iter().enumerate().skip(1) {
                let mut rest = *b;
                for (rest, row) in rest.iter_mut().zip(a) {
                    for (a, x) in row.iter().zip(&x) {
                        *rest -= a * x;
                    }
                }
                let dx = substitute(&lu, &order, &rest);
                for i in 0..ORDER {
                    out[5 * i + lane] = dx[i];
                }
            }
        });
    on_lanes!(workload, 4 5, on);
    // Those that come with a solver of their own.
    let (a, b) = system::<4, DualSVec64<4>>();
    let system_of_vectors = (SMatrix::from_fn(|i, j| a[i][j]), SVector::from(b));
    workload = workload.entry_into(Who::NumDual, "its LU", &system_of_vectors, ORDER * 5, |(a, b), out| {
        write(num_dual::linalg::LU::new(*a).expect("a regular matrix").solve(b).as_slice(), out);
    });
    workload =
        workload.entry_into(Who::Hyperjet, "mat_solve", &system::<4, Jet1<4>>(), ORDER * 5, |(a, b), out| {
            write(&hyperjet::linalg::mat_solve(a, b).expect("a regular matrix"), out);
        });
    let (a, b) = system::<4, Dual<f64, 4>>();
    let inputs = [flat(a.as_flattened()), flat(&b)].concat();
    shared::add(workload, "linear system", "", &inputs, ORDER * 5)
}
