//! `adskalman` 0.18, feature `nalgebra`: a Kalman filter, in the noise of its observations.

use adskalman::{CovarianceUpdateMethod, ObservationModel, StateAndCovariance};
use compatibility::{Second, assert_close, second, to_second};
use nalgebra::{Matrix1, U1, Vector1};

struct Direct {
    identity: Matrix1<Second>,
    noise: Matrix1<Second>,
}

impl ObservationModel<Second, U1, U1> for Direct {
    fn H(&self) -> &Matrix1<Second> {
        &self.identity
    }

    fn HT(&self) -> &Matrix1<Second> {
        &self.identity
    }

    fn R(&self) -> &Matrix1<Second> {
        &self.noise
    }
}

/// With the prior 1 of covariance 4 and the observation 3, x = 1 + 2·4/(4 + r) and P = 4r/(4 + r).
#[test]
fn an_update() {
    let c = |x: f64| Second::from(x);
    let model = Direct { identity: Matrix1::new(c(1.0)), noise: Matrix1::new(second(2.0)) };
    let prior = StateAndCovariance::new(Vector1::new(c(1.0)), Matrix1::new(c(4.0)));
    let posterior = model.update(&prior, &Vector1::new(c(3.0)), CovarianceUpdateMethod::JosephForm).unwrap();
    assert_close(to_second(posterior.state()[0]), [1.0 + 8.0 / 6.0, -8.0 / 36.0, 16.0 / 216.0], 1e-14);
    assert_close(to_second(posterior.covariance()[0]), [8.0 / 6.0, 16.0 / 36.0, -32.0 / 216.0], 1e-14);
}
