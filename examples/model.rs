//! A small network, fitted to noisy values of the sine by gradient descent with momentum.
//!
//! The model is a structure of structures, and so are its gradient and the step. Run it with
//! `cargo run --release --features derive --example model`.

use tangents::random::{Key, normal, uniform};
use tangents::{Point, Real, value_and_gradient};

#[derive(Point)]
struct Layer<T, const IN: usize, const OUT: usize> {
    weights: [[T; IN]; OUT],
    biases: [T; OUT],
}

#[derive(Point)]
struct Network<T> {
    hidden: Layer<T, 1, 6>,
    out: Layer<T, 6, 1>,
    /// What the input is divided by; it isn't learned.
    #[point(fixed)]
    range: T,
}

impl<T: Real, const IN: usize, const OUT: usize> Layer<T, IN, OUT> {
    fn apply(&self, x: &[T; IN]) -> [T; OUT] {
        std::array::from_fn(|i| {
            self.weights[i].iter().zip(x).fold(self.biases[i], |sum, (&weight, &x)| sum + weight * x)
        })
    }
}

impl<T: Real> Network<T> {
    fn predict(&self, x: f64) -> T {
        let hidden = self.hidden.apply(&[T::lit(x) / self.range]).map(T::tanh);
        self.out.apply(&hidden)[0]
    }

    /// The mean squared error.
    fn loss(&self, data: &[(f64, f64)]) -> T {
        let squares = data.iter().map(|&(x, y)| (self.predict(x) - T::lit(y)).powi(2));
        squares.fold(T::zero(), |sum, square| sum + square) / T::from(data.len()).unwrap()
    }
}

fn main() {
    let [for_x, for_noise, for_weights] = Key::new(2).split();
    let (x, noise): ([f64; 40], [f64; 40]) = (uniform(for_x), normal(for_noise));
    let data: Vec<_> =
        x.iter().map(|x| 6.0 * x - 3.0).zip(noise).map(|(x, noise)| (x, x.sin() + 0.01 * noise)).collect();

    let mut network = Network {
        hidden: Layer { weights: normal(for_weights), biases: [0.0; 6] },
        out: Layer { weights: [[0.0; 6]], biases: [0.0] },
        range: 1.5,
    };
    let mut step = network.map_coordinates(|_| 0.0);
    for round in 0..=1000 {
        let (loss, g) = value_and_gradient(|network| network.loss(&data), &network);
        if round % 250 == 0 {
            println!("after {round:4} rounds: loss {loss:.4}");
        }
        step = step.zip_coordinates(&g, |step, g| 0.9 * step - 0.2 * g);
        network = network.zip_coordinates(&step, |p, step| p + step);
    }

    println!("network(1) = {:.2}, sin(1) = {:.2}", network.predict(1.0), 1_f64.sin());
    println!("{} parameters; number 3 is {}", network.dim(), network.name(3));
    assert!(network.loss(&data) < 1e-3, "the noise's variance is 1e-4");
}
