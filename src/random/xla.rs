//! The elementary functions behind JAX's samples: those of its compiler, XLA, on a CPU.
//!
//! They exist for equality of bits with `jax.random` and for nothing else. They aren't accurate functions: the
//! logarithm of one plus x is some ninety ulps off near x = −0.3, the inverse error function up to twenty, and numbers
//! below the normal ones count as zero. So they stay inside the samplers.
//!
//! XLA expands the functions below into polynomials of its own (most of them from the Cephes library), with a product
//! and sum fused wherever they meet, and calls the system's library for the others; coefficients are given as it has
//! them, the highest power first. Everything is computed on both sides of a choice and then selected, so that loops
//! are vectorised.

#![expect(clippy::excessive_precision, reason = "the coefficients are written as they are published")]

use num_traits::Float;

/// XLA's functions of one float.
pub trait Xla: Float {
    /// ln x
    fn xla_ln(self) -> Self;

    /// ln(1 + x)
    fn xla_ln_1p(self) -> Self;

    /// erf x = 2/√π ∫₀ˣ exp(−t²) dt
    fn xla_erf(self) -> Self;

    /// The inverse of erf
    fn xla_erf_inv(self) -> Self;

    /// tan x
    fn xla_tan(self) -> Self;
}

/// The polynomial with these coefficients, the highest power first, by Horner's scheme with fused steps.
#[inline(always)]
fn polynomial<T: Float, const N: usize>(x: T, coefficients: [T; N]) -> T {
    let mut sum = coefficients[0];
    for coefficient in &coefficients[1..] {
        sum = sum.mul_add(x, *coefficient);
    }
    sum
}

/// As many floats as there are bit patterns.
const fn floats<const N: usize>(bits: [u32; N]) -> [f32; N] {
    let mut floats = [0.0; N];
    let mut i = 0;
    while i < N {
        floats[i] = f32::from_bits(bits[i]);
        i += 1;
    }
    floats
}

/// As many doubles as there are bit patterns.
const fn doubles<const N: usize>(bits: [u64; N]) -> [f64; N] {
    let mut doubles = [0.0; N];
    let mut i = 0;
    while i < N {
        doubles[i] = f64::from_bits(bits[i]);
        i += 1;
    }
    doubles
}

mod single {
    //! `f32`.

    use super::floats;

    /// ln of the mantissa, in three parts.
    pub(super) const LN: [[f32; 3]; 3] = [
        floats([0x3D90_21BB, 0xBDEB_D1B8, 0x3DEF_251A]),
        floats([0xBDFE_5D4F, 0x3E11_E9BF, 0xBE2A_AE50]),
        floats([0x3E4C_CEAC, 0xBE7F_FFFC, 0x3EAA_AAAA]),
    ];
    /// ln 2, in two parts.
    pub(super) const LN_2: [f32; 2] = floats([0x3F31_8000, 0xB95E_8083]);
    /// √½
    pub(super) const ROOT_OF_HALF: f32 = f32::from_bits(0x3F35_04F3);

    /// Up to which |x| ln(1 + x) is a rational function.
    pub(super) const LN_1P_SMALL: f32 = f32::from_bits(0x3ED4_13CD);
    pub(super) const LN_1P_NUMERATOR: [f32; 7] = {
        let [a, b, c, d, e, f] =
            floats([0x3EFF_40C5, 0x40D2_84FA, 0x41EF_4B9C, 0x4273_CC76, 0x4264_73AD, 0x41A0_5101]);
        [4.527e-5, a, b, c, d, e, f]
    };
    pub(super) const LN_1P_DENOMINATOR: [f32; 7] =
        floats([0x3F80_0000, 0x4171_01AD, 0x42A6_185B, 0x435D_C32D, 0x439A_8CA3, 0x4358_6D8A, 0x4270_7982]);

    /// From which |x| on erf is ±1.
    pub(super) const ERF_LARGE: f32 = f32::from_bits(0x4075_47CB);
    pub(super) const ERF_NUMERATOR: [f32; 5] =
        floats([0x3970_2D51, 0x3B5F_5DA2, 0x3D50_B6EB, 0x3E3D_A740, 0x3F90_6EBA]);
    pub(super) const ERF_DENOMINATOR: [f32; 7] =
        floats([0xB3FD_3906, 0x37C5_88DF, 0x3A85_6D28, 0x3C66_87D4, 0x3DE3_4C21, 0x3EFE_B44A, 0x3F80_0000]);

    /// M. Giles, *Approximating the erfinv function*, 2010: w below 5, and above.
    pub(super) const ERF_INV: [[f32; 2]; 9] = [
        [2.810_226_36e-8, -0.000_200_214_257],
        [3.432_739_39e-7, 0.000_100_950_558],
        [-3.523_387_7e-6, 0.001_349_343_22],
        [-4.391_506_54e-6, -0.003_673_428_44],
        [0.000_218_580_87, 0.005_739_507_73],
        [-0.001_253_725_03, -0.007_622_461_3],
        [-0.004_177_681_64, 0.009_438_870_47],
        [0.246_640_727, 1.001_674_06],
        [1.501_409_41, 2.832_976_82],
    ];
}

impl Xla for f32 {
    #[inline(always)]
    fn xla_ln(self) -> Self {
        use single::{LN, LN_2, ROOT_OF_HALF};
        let bits = self.max(Self::MIN_POSITIVE).to_bits();
        #[expect(clippy::cast_precision_loss, reason = "the exponent has eight bits")]
        let exponent = ((bits >> 23).cast_signed() - 126) as Self;
        let mantissa = Self::from_bits((bits & 0x807f_ffff) | 0x3f00_0000);
        // A mantissa in [√½, √2).
        let below = mantissa < ROOT_OF_HALF;
        let e = if below { exponent - 1.0 } else { exponent };
        let y = if below { (mantissa - 1.0) + mantissa } else { mantissa - 1.0 };
        let square = y * y;
        let cube = square * y;
        let [p, q, r] = LN.map(|part| polynomial(y, part));
        let tail = p.mul_add(cube, q).mul_add(cube, r);
        let tail = tail.mul_add(cube, e * LN_2[1]);
        let ln = e.mul_add(LN_2[0], (-0.5_f32).mul_add(square, y) + tail);
        // Zero, and what counts as zero; the infinite; what has no logarithm.
        let ln = if self < Self::MIN_POSITIVE { Self::NEG_INFINITY } else { ln };
        let ln = if self == Self::INFINITY { self } else { ln };
        if self.is_nan() || self <= -Self::MIN_POSITIVE { Self::NAN } else { ln }
    }

    #[inline(always)]
    fn xla_ln_1p(self) -> Self {
        use single::{LN_1P_DENOMINATOR, LN_1P_NUMERATOR, LN_1P_SMALL};
        let quotient = polynomial(self, LN_1P_NUMERATOR) / polynomial(self, LN_1P_DENOMINATOR);
        let square = self * self;
        let small = self + square.mul_add(-0.5, (self * square) * quotient);
        if self.abs() < LN_1P_SMALL { small } else { (1.0 + self).xla_ln() }
    }

    #[inline(always)]
    fn xla_erf(self) -> Self {
        use single::{ERF_DENOMINATOR, ERF_LARGE, ERF_NUMERATOR};
        let square = self * self;
        let erf = self * polynomial(square, ERF_NUMERATOR) / polynomial(square, ERF_DENOMINATOR);
        if self.abs() >= ERF_LARGE { Self::copysign(1.0, self) } else { erf }
    }

    #[inline(always)]
    fn xla_erf_inv(self) -> Self {
        let w = -(self * -self).xla_ln_1p();
        let central = w < 5.0;
        let w = if central { w - 2.5 } else { w.sqrt() - 3.0 };
        let p = polynomial(w, single::ERF_INV.map(|[near, far]| if central { near } else { far }));
        if self.abs() == 1.0 { self * Self::INFINITY } else { p * self }
    }

    #[inline]
    fn xla_tan(self) -> Self {
        Float::tan(self)
    }
}

mod double {
    //! `f64`.

    use super::doubles;

    pub(super) const LN_1P_SMALL: f64 = f64::from_bits(0x3FDA_8279_99FC_EF32);
    pub(super) const LN_1P_NUMERATOR: [f64; 7] = doubles([
        0x3F07_BC09_62B3_95CA,
        0x3FDF_E818_A0FE_1A83,
        0x401A_509F_46F4_FA53,
        0x403D_E973_8B8C_B9C9,
        0x404E_798E_B86C_3351,
        0x404C_8E75_9747_9A10,
        0x4034_0A20_2D99_830A,
    ]);
    pub(super) const LN_1P_DENOMINATOR: [f64; 7] = doubles([
        0x3FF0_0000_0000_0000,
        0x402E_2035_9E90_3E37,
        0x4054_C30B_5221_3498,
        0x406B_B865_90FC_FB56,
        0x4073_5194_5DC9_08A5,
        0x406B_0DB1_3E48_E066,
        0x404E_0F30_4466_448E,
    ]);

    /// M. Giles, *Approximating the erfinv function*, 2010: w below 6.25, below 16, and above.
    pub(super) const ERF_INV_CENTRAL: [f64; 23] = [
        -3.644_412_064_017_819_699_6e-21,
        -1.685_059_138_182_016_589e-19,
        1.285_848_071_525_640_016_7e-18,
        1.115_787_767_802_518_096e-17,
        -1.333_171_662_854_620_906e-16,
        2.097_276_787_596_856_163_7e-17,
        6.637_638_134_358_323_832_5e-15,
        -4.054_566_272_975_206_863_9e-14,
        -8.151_934_197_605_472_152_2e-14,
        2.633_509_315_308_232_297_7e-12,
        -1.297_513_325_345_353_249_8e-11,
        -5.415_412_054_294_627_931_7e-11,
        1.051_212_273_321_532_285e-9,
        -4.112_633_980_346_983_697_6e-9,
        -2.907_036_995_788_200_508_6e-8,
        4.234_787_782_793_240_351_8e-7,
        -1.365_469_200_083_467_864_5e-6,
        -1.388_252_336_278_646_871_9e-5,
        0.000_186_734_208_034_057_135_2,
        -0.000_740_702_534_166_266_975_12,
        -0.006_033_670_871_430_149_053_3,
        0.240_158_182_425_589_616_93,
        1.653_654_562_683_102_735_6,
    ];
    pub(super) const ERF_INV_MIDDLE: [f64; 19] = [
        2.213_737_692_177_578_704_9e-9,
        9.075_656_193_888_539_097_9e-8,
        -2.751_740_629_706_454_542_8e-7,
        1.823_962_921_438_922_775_5e-8,
        1.502_740_396_890_982_762_7e-6,
        -4.013_867_526_981_545_969e-6,
        2.923_444_908_995_544_604_4e-6,
        1.247_530_448_167_177_872_3e-5,
        -4.731_822_900_905_573_398_1e-5,
        6.828_485_145_957_317_544_8e-5,
        2.403_111_038_709_789_399_9e-5,
        -0.000_355_037_520_362_847_479_6,
        0.000_953_289_379_737_380_497_03,
        -0.001_688_275_556_023_504_731_3,
        0.002_491_442_096_107_850_806_6,
        -0.003_751_208_507_569_241_210_7,
        0.005_370_914_553_590_063_617,
        1.005_258_967_694_159_233_4,
        3.083_885_610_492_220_763_5,
    ];
    pub(super) const ERF_INV_FAR: [f64; 17] = [
        -2.710_992_061_643_857_324_3e-11,
        -2.555_641_816_996_525_205_5e-10,
        1.507_657_269_350_054_808_3e-9,
        -3.789_465_440_126_736_993_7e-9,
        7.615_701_208_078_339_380_4e-9,
        -1.496_002_662_714_924_047_8e-8,
        2.914_795_345_090_108_082_6e-8,
        -6.771_199_775_845_233_949_8e-8,
        2.290_048_222_802_665_471_7e-7,
        -9.929_827_294_231_700_253_9e-7,
        4.526_062_597_223_153_703_9e-6,
        -1.968_177_810_553_167_056_7e-5,
        7.599_527_703_001_776_113_9e-5,
        -0.000_215_030_119_300_444_773_47,
        -0.000_138_719_318_336_231_220_26,
        1.010_300_464_864_534_397_7,
        4.849_906_401_408_584_422_1,
    ];
}

impl Xla for f64 {
    // The logarithm and the tangent are the system's, as in XLA.

    #[inline]
    fn xla_ln(self) -> Self {
        Float::ln(self)
    }

    #[inline(always)]
    fn xla_ln_1p(self) -> Self {
        use double::{LN_1P_DENOMINATOR, LN_1P_NUMERATOR, LN_1P_SMALL};
        if self.abs() < LN_1P_SMALL {
            let quotient = polynomial(self, LN_1P_NUMERATOR) / polynomial(self, LN_1P_DENOMINATOR);
            let square = self * self;
            self + square.mul_add(-0.5, (self * square) * quotient)
        } else {
            (1.0 + self).xla_ln()
        }
    }

    fn xla_erf(self) -> Self {
        super::erf::erf(self)
    }

    #[inline(always)]
    fn xla_erf_inv(self) -> Self {
        use double::{ERF_INV_CENTRAL, ERF_INV_FAR, ERF_INV_MIDDLE};
        let w = -(self * -self).xla_ln_1p();
        let p = if w < 6.25 {
            polynomial(w - 3.125, ERF_INV_CENTRAL)
        } else if w < 16.0 {
            polynomial(Float::sqrt(w) - 3.25, ERF_INV_MIDDLE)
        } else {
            polynomial(Float::sqrt(w) - 5.0, ERF_INV_FAR)
        };
        if self.abs() == 1.0 { self * Self::INFINITY } else { p * self }
    }

    #[inline]
    fn xla_tan(self) -> Self {
        Float::tan(self)
    }
}
