//! The loss of `ADBench`'s recurrent network with long short-term memory, which predicts bits from bits.

use tangents::{Real, value_and_gradient, value_and_jvp};

use crate::reference::{Deviations, c, count, json, largest, n, number, text, vector};

struct Network {
    layers: usize,
    width: usize,
    /// Hidden values and cells of each layer at the start.
    state: Vec<Vec<f64>>,
    sequence: Vec<Vec<f64>>,
}

fn logistic<T: Real>(x: T) -> T {
    (T::one() + (-x).exp()).recip()
}

impl Network {
    /// The network and its parameters: weights and biases of each layer's four gates, then of the output.
    fn read(path: &str) -> (Self, Vec<f64>) {
        let file = text(path);
        let mut rows = file.lines().filter(|line| !line.trim().is_empty()).map(|line| {
            line.split_whitespace().map(|word| word.parse().expect("a number")).collect::<Vec<f64>>()
        });
        let head: Vec<usize> =
            file.lines().next().unwrap().split_whitespace().map(|word| word.parse().unwrap()).collect();
        rows.next();
        let (layers, length, width) = (head[0], head[1], head[2]);
        let mut take = |n: usize| rows.by_ref().take(n).collect::<Vec<_>>();
        let (gates, output, state) = (take(2 * layers), take(3), take(2 * layers));
        let sequence = take(length);
        assert_eq!(sequence.len(), length);
        (Self { layers, width, state, sequence }, [gates.concat(), output.concat()].concat())
    }

    fn loss<T: Real>(&self, x: &[T]) -> T {
        let width = self.width;
        let rows: Vec<&[T]> = x.chunks(width).collect();
        let (gates, output) = rows.split_at(8 * self.layers);
        let lift = |x: &Vec<f64>| x.iter().map(|&x| c(x)).collect::<Vec<T>>();
        let mut state: Vec<Vec<T>> = self.state.iter().map(lift).collect();
        let mut total = T::zero();
        for pair in self.sequence.windows(2) {
            let mut signal: Vec<T> =
                pair[0].iter().zip(output[0]).map(|(&bit, &w)| c::<T>(bit) * w).collect();
            for (gates, state) in gates.chunks(8).zip(state.chunks_mut(2)) {
                let [hidden, cell] = state else { unreachable!("two rows of state") };
                for i in 0..width {
                    let gate = |k: usize, input: T| input * gates[k][i] + gates[4 + k][i];
                    let forget = logistic(gate(0, signal[i]));
                    let ingate = logistic(gate(1, hidden[i]));
                    let outgate = logistic(gate(2, signal[i]));
                    let change = gate(3, hidden[i]).tanh();
                    cell[i] = cell[i] * forget + ingate * change;
                    hidden[i] = outgate * cell[i].tanh();
                }
                signal.clone_from(hidden);
            }
            let prediction: Vec<T> = (0..width).map(|i| signal[i] * output[1][i] + output[2][i]).collect();
            let norm = (T::sum(prediction.iter().map(|y| y.exp())) + c(2.0)).ln();
            total =
                total + T::sum(prediction.iter().zip(&pair[1]).map(|(&y, &bit)| c::<T>(bit) * (y - norm)));
        }
        -total / n(width * (self.sequence.len() - 1))
    }
}

#[test]
fn loss_and_gradient_are_those_of_the_references() {
    let (network, x) = Network::read("gradbench/lstm_l2_c1024.txt");
    let reference = json("gradbench/lstm_l2_c1024.json");
    assert_eq!((network.layers, network.width), (count(&reference["l"]), count(&reference["b"])));
    let expected = vector(&reference["grad"]);
    let mut deviations = Deviations::default();
    let (loss, g) = value_and_gradient(|x| network.loss(x), &x);
    deviations.row("loss", &[loss], &[number(&reference["objective"])]);
    deviations.row("gradient", &g, &expected);

    // Along a direction in one pass.
    let (loss, along) = value_and_jvp(|x| network.loss(x), &x, &expected);
    let square: f64 = expected.iter().map(|g| g * g).sum();
    deviations.row("loss", &[loss], &[number(&reference["objective"])]);
    deviations.scaled_row("along the gradient", &[along], &[square], largest(&expected) * largest(&expected));
    deviations.none();
}
