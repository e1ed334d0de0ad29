//! Would the seals have held? The logistic regression on 23 launches before Challenger's, on a structure of parameters.
//!
//! Data: Dalal, Fowlkes and Hoadley 1989, *Risk analysis of the space shuttle*, J. Amer. Statist. Assoc. 84, table 1.

use std::error::Error;

use tangents::linalg::{inverse, matvec};
use tangents::{Function, Number, Point, Special};
use tangents_examples_gallery::{Corner, Plot, grid, save};

/// Temperatures at launch, °F, with damage to a seal and without.
const DAMAGED: [f64; 7] = [70.0, 57.0, 63.0, 70.0, 53.0, 75.0, 58.0];
const SOUND: [f64; 16] =
    [66.0, 69.0, 68.0, 67.0, 72.0, 73.0, 70.0, 78.0, 67.0, 67.0, 75.0, 70.0, 81.0, 76.0, 79.0, 76.0];

#[derive(Point, Clone, Copy, Debug)]
struct Model<T> {
    intercept: T,
    slope: T,
}

impl<T: Number> Model<T> {
    fn log_odds(&self, temperature: f64) -> T {
        self.intercept + self.slope * T::lit(temperature)
    }
}

/// The negative log-likelihood.
struct Loss;

impl Function for Loss {
    type From = Model<f64>;
    type To = f64;

    #[inline(always)]
    fn call<T: Number>(&self, model: &Model<T>) -> T {
        let damaged = DAMAGED.iter().map(|&t| (-model.log_odds(t)).softplus());
        T::sum(damaged.chain(SOUND.iter().map(|&t| model.log_odds(t).softplus())))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut model = Model::<f64> { intercept: 0.0, slope: 0.0 };
    let mut covariance = [[0.0_f64; 2]; 2];
    for _ in 0..10 {
        let at = Loss.value_gradient_and_hessian(&model);
        let (rows, gradient) = (at.hessian, at.gradient);
        covariance = inverse(&[rows.intercept, rows.slope].map(|row| [row.intercept, row.slope]))?;
        let [intercept, slope] = matvec(&covariance, &[gradient.intercept, gradient.slope]);
        model = Model { intercept: model.intercept - intercept, slope: model.slope - slope };
    }
    let errors = [covariance[0][0].sqrt(), covariance[1][1].sqrt()];
    let risk = |temperature: f64| model.log_odds(temperature).sigmoid();
    println!("{model:?} ± {errors:?}; at 31 °F the risk is {:.4}", risk(31.0));

    // In 50 digits: tests/data/gallery/challenger.py.
    assert!((model.intercept - 15.042_901_647_702_44).abs() < 1e-10);
    assert!((model.slope + 0.232_162_744_218_596_47).abs() < 1e-12);
    assert!((errors[0] - 7.378_636_384_916_566).abs() < 1e-9);
    assert!((risk(31.0) - 0.999_608_782_884_931_8).abs() < 1e-12);

    let plot = Plot::new(
        "Damaged seals of the space shuttle",
        ("temperature at launch, °F", 28.0..84.0),
        ("probability", -0.05..1.05),
    )
    .curve("logistic regression", grid(28.0..84.0, 100).map(|t| (t, risk(t))))
    .scatter("damaged", DAMAGED.map(|t| (t, 1.0)))
    .scatter("sound", SOUND.map(|t| (t, 0.0)))
    .scatter("Challenger, 31 °F", [(31.0, risk(31.0))])
    .legend(Corner::LowerLeft);
    save("challenger", &[plot])
}
