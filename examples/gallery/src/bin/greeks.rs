//! How does the price of a call depend on the market? By Monte Carlo, each path differentiated (pathwise derivatives).

use std::error::Error;

use tangents::random::{Distribution, Key, StandardNormal};
use tangents::{Function, Number, Special};
use tangents_examples_gallery::{Corner, Plot, grid, save};

const STRIKE: f64 = 100.0;
const YEARS: f64 = 1.0;

/// The mean discounted payoff over these normal samples, as a function of price, volatility and interest.
struct Call<'a>(&'a [f64]);

impl Function for Call<'_> {
    type From = [f64];
    type To = f64;

    #[inline(always)]
    fn call<T: Number>(&self, x: &[T]) -> T {
        let (spot, volatility, rate) = (x[0], x[1], x[2]);
        let drift = (rate - volatility * volatility * T::lit(0.5)) * T::lit(YEARS);
        let payoff = |z: &f64| {
            let end = spot * (drift + volatility * T::lit(YEARS.sqrt() * z)).exp();
            (end - T::lit(STRIKE)).max(T::zero())
        };
        (-rate * T::lit(YEARS)).exp() * T::sum(self.0.iter().map(payoff)) / T::lit(f64::from(PATHS))
    }
}

const PATHS: u32 = 100_000;

/// Delta, vega and rho in closed form (Black and Scholes 1973; Hull, *Options, Futures, and Other Derivatives*, chapter 19).
fn closed_form([spot, volatility, rate]: [f64; 3]) -> [f64; 3] {
    let deviation = volatility * YEARS.sqrt();
    let d1 = ((spot / STRIKE).ln() + (rate + 0.5 * volatility * volatility) * YEARS) / deviation;
    let density = (-0.5 * d1 * d1).exp() / std::f64::consts::TAU.sqrt();
    let cdf = |d: f64| 0.5 * Special::erfc(-d / std::f64::consts::SQRT_2);
    [cdf(d1), spot * density * YEARS.sqrt(), STRIKE * YEARS * (-rate * YEARS).exp() * cdf(d1 - deviation)]
}

fn main() -> Result<(), Box<dyn Error>> {
    let samples: Vec<f64> = StandardNormal.sample_vec(Key::new(1973), PATHS as usize);
    let call = Call(&samples);
    let market = |spot: f64| [spot, 0.2, 0.05];

    let greeks = call.gradient(&market(100.0));
    let exact = closed_form(market(100.0));
    println!("delta, vega, rho: {greeks:.4?}; in closed form {exact:.4?}");
    // Four deviations of the mean; of one path they are 0.58, 76 and 47.
    for ((found, exact), deviation) in greeks.iter().zip(exact).zip([0.58, 76.0, 47.0]) {
        assert!((found - exact).abs() < 4.0 * deviation / f64::from(PATHS).sqrt(), "{found}, {exact}");
    }

    let spots = || grid(60.0..140.0, 20);
    let field = |title: &'static str, greek: usize, top: f64| {
        Plot::new(title, ("price of the share", 60.0..140.0), ("derivative", 0.0..top))
            .curve(
                "Black and Scholes",
                grid(60.0..140.0, 100).map(move |s| (s, closed_form(market(s))[greek])),
            )
            .scatter("100 000 paths", spots().map(|s| (s, call.gradient(&market(s))[greek])))
            .legend(Corner::UpperLeft)
    };
    save(
        "greeks",
        &[field("Delta, by the price of the share", 0, 1.2), field("Vega, by the volatility", 1, 55.0)],
    )
}
