//! The elementary functions behind JAX's samples: those of its compiler, XLA, on a CPU.
//!
//! They exist for equality of bits with `jax.random` and for nothing else. They aren't accurate functions: ln(1 + x) in
//! `f64` is off by up to 129 ulps near x = −0.414, the inverse error function by 64 in `f32` and, near ±1, by thousands
//! in `f64`. And subnormal numbers, which XLA takes for zero, aren't treated as it does, since no sampler comes to them.
//! So they stay inside the samplers.
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

    /// From which |x| on erf is ±1. In a loop of nothing but erf it is so from 3.8325 on, but no sampler has such a loop.
    pub(super) const ERF_LARGE: f32 = f32::from_bits(0x406F_9C68);
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

#[cfg(test)]
mod tests {
    //! Values of JAX 0.10.2 on an x86-64 CPU with the GNU C library 2.36, from inside a fusion, as in a sampler.
    //!
    //! Where a function is the system's, the points are ones at which it is correctly rounded.

    use core::fmt::Debug;

    use super::*;

    /// Compares a function with a table of `argument=value`, both bit patterns.
    fn check<T: Float + Debug>(function: fn(T) -> T, from_bits: fn(u64) -> T, table: &str) {
        let number = |word| u64::from_str_radix(word, 16).map_or(T::nan(), from_bits);
        for point in table.split_whitespace() {
            let (x, y) = point.split_once('=').unwrap();
            let (x, expected) = (number(x), number(y));
            let value = function(x);
            if x.is_subnormal() || value.abs() <= T::min_positive_value() && !value.is_zero() {
                continue; // Zero in JAX. No sampler comes here.
            }
            // Equal bits, but for those of a NaN.
            let same_sign = value.is_sign_negative() == expected.is_sign_negative();
            let equal = if expected.is_nan() { value.is_nan() } else { value == expected && same_sign };
            assert!(equal, "{point}: {value:?}, not {expected:?}");
        }
    }

    fn single(bits: u64) -> f32 {
        f32::from_bits(bits.try_into().unwrap())
    }

    #[test]
    fn ln_is_that_of_jax() {
        let single_table = "
            00000000=ff800000 80000000=ff800000 00000001=ff800000 007fffff=ff800000 80000001=ff800000
            807fffff=ff800000 00800000=c2aeac50 34000000=c17f1402 3a83126f=c0dd0c55 3dcccccd=c0135d8e
            3e800000=bfb17218 3e99999a=bf9a1bc8 3f000000=bf317218 3f19999a=bf02c577 3f3504f2=beb1721b
            3f3504f3=beb17219 3f3504f4=beb17216 3f666666=bdd7c745 3f7d70a4=bc24aa20 3f7fffff=b3800000
            3f800000=00000000 3f800001=33ffffff 3fb33333=3eac4616 40000000=3f317218 40400000=3f8c9f54
            41200000=40135d8e 501502f9=41b834f1 7f7fffff=42b17218 7f800000=7f800000 7fc00000=NaN 80800000=NaN
            bf800000=NaN ff800000=NaN
        ";
        let double_table = "
            0000000000000000=fff0000000000000 8000000000000000=fff0000000000000
            0000000000000001=fff0000000000000 000fffffffffffff=fff0000000000000
            8000000000000001=fff0000000000000 800fffffffffffff=fff0000000000000
            0010000000000000=c086232bdd7abcd2 3cb0000000000000=c04205966f2b4f12
            3f50624dd2f1a9fc=c01ba18a998fffa0 3fb999999999999a=c0026bb1bbb55515
            3fd0000000000000=bff62e42fefa39ef 3fd3333333333333=bff34378fcbda721
            3fe0000000000000=bfe62e42fefa39ef 3fe3333333333333=bfe058aefa811452
            3fe6a09e667f3bcc=bfd62e42fefa39f1 3fe6a09e667f3bcd=bfd62e42fefa39ee
            3fe6a09e667f3bce=bfd62e42fefa39eb 3feccccccccccccd=bfbaf8e8210a415c
            3fefae147ae147ae=bf8495453e6fd4bc 3fefffffffffffff=bca0000000000000
            3ff0000000000000=0000000000000000 3ff0000000000001=3cafffffffffffff
            3ff6666666666666=3fd588c2d913348f 4000000000000000=3fe62e42fefa39ef
            4008000000000000=3ff193ea7aad030b 4024000000000000=40026bb1bbb55516
            4202a05f20000000=4037069e2aa2aa5b 7fefffffffffffff=40862e42fefa39ef
            7ff0000000000000=7ff0000000000000 7ff8000000000000=NaN 8010000000000000=NaN bff0000000000000=NaN
            fff0000000000000=NaN
        ";
        check(f32::xla_ln, single, single_table);
        check(f64::xla_ln, f64::from_bits, double_table);
    }

    #[test]
    fn ln_1p_is_that_of_jax() {
        let single_table = "
            00000000=00000000 80000000=80000000 00000001=00000000 007fffff=00000000 80000001=80000000
            807fffff=80000000 00800000=00800000 80800000=80800000 b4000000=b4000001 ba83126f=ba832339
            bdcccccd=bdd7c741 be4ccccd=be647fbe be99999a=beb69e1a beb33333=bedc8f94 becccccd=bf02c578
            bed413cc=bf08e8a6 bed413cd=bf08e8a6 bed413ce=bf08e8a8 3ed413cc=3eb17218 3ed413cd=3eb17217
            bee66666=bf190bd8 bf000000=bf317218 bf19999a=bf6a9208 bf400000=bfb17218 bf666666=c0135d8d
            bf7d70a4=c0935d90 bf7fffff=c1851592 bf800000=ff800000 3dcccccd=3dc331fc 3e99999a=3e86549c
            3f800000=3f317218 41200000=4019771e 7f7fffff=42b17218 7f800000=7f800000 7fc00000=NaN bfc00000=NaN
            ff800000=NaN
        ";
        let double_table = "
            0000000000000000=0000000000000000 8000000000000000=8000000000000000
            0000000000000001=0000000000000000 000fffffffffffff=0000000000000000
            8000000000000001=8000000000000000 800fffffffffffff=8000000000000000
            0010000000000000=0010000000000000 8010000000000000=8010000000000000
            bcb0000000000000=bcb0000000000001 bf50624dd2f1a9fc=bf5064670d979b6f
            bfb999999999999a=bfbaf8e8210a415e bfc999999999999a=bfcc8ff7c79a9a22
            bfd3333333333333=bfd6d3c324e13f4f bfd6666666666666=bfdb91f28212ba00
            bfd999999999999a=bfe058aefa811420 bfda827999fcef31=bfe11d14e1fcb6ae
            bfda827999fcef32=bfe11d14e1fcb72f bfda827999fcef33=bfe11d14e1fcb731
            3fda827999fcef31=3fd62e42fefa39ee 3fda827999fcef32=3fd62e42fefa39ee
            bfdccccccccccccd=bfe3217b0fd2b116 bfe0000000000000=bfe62e42fefa39ef
            bfe3333333333333=bfed5240f0e0e077 bfe8000000000000=bff62e42fefa39ef
            bfeccccccccccccd=c0026bb1bbb55516 bfefae147ae147ae=c0126bb1bbb55515
            bfefffffffffffff=c0425e4f7b2737fa bff0000000000000=fff0000000000000
            3fb999999999999a=3fb8663f793c46c7 3fd3333333333333=3fd0ca937be1b9dc
            3ff0000000000000=3fe62e42fefa39ef 4024000000000000=40032ee3b77f374c
            7fefffffffffffff=40862e42fefa39ef 7ff0000000000000=7ff0000000000000 7ff8000000000000=NaN
            bff8000000000000=NaN fff0000000000000=NaN
        ";
        check(f32::xla_ln_1p, single, single_table);
        check(f64::xla_ln_1p, f64::from_bits, double_table);
    }

    #[test]
    fn erf_is_that_of_jax() {
        let single_table = "
            00000000=00000000 80000000=80000000 00000001=00000000 007fffff=00000000 80000001=80000000
            807fffff=80000000 00800000=00906eba 80800000=80906eba 34000000=34106eba 3a83126f=3a93e61c
            3c23d70a=3c38de13 3dcccccd=3de652f5 be99999a=bea841c6 3f000000=3f053f7b 3f333333=3f2d8460
            3f4ccccd=3f3dfa52 3f800000=3f57bb3e bf800000=bf57bb3e 3f8ccccd=3f61551f 3f99999a=3f690a57
            3fc00000=3f7752a9 40000000=3f7ecd70 c0200000=bf7fe554 40333333=3f7ffb13 4039999a=3f7ffd4f
            40400000=3f7ffe8e 40600000=3f7ffff3 c06ccccd=bf7fffff 406f9c67=3f7ffffd 406f9c68=3f800000
            c06f9c68=bf800000 40c00000=3f800000 c0e00000=bf800000 7f7fffff=3f800000 7f800000=3f800000
            ff800000=bf800000 7fc00000=NaN
        ";
        let double_table = "
            0000000000000000=0000000000000000 8000000000000000=8000000000000000
            0000000000000001=0000000000000000 000fffffffffffff=0000000000000000
            8000000000000001=8000000000000000 800fffffffffffff=8000000000000000
            0010000000000000=00120dd750429b6d 8010000000000000=80120dd750429b6d
            3cb0000000000000=3cb20dd750429b6d 3f50624dd2f1a9fc=3f527cc3804d374c
            3f847ae147ae147b=3f871bc266657b65 3fb999999999999a=3fbcca5ea24fb334
            bfd3333333333333=bfd50838881dea0f 3fe0000000000000=3fe0a7ef5c18edd2
            3fe6666666666666=3fe5b08c21171646 3fe999999999999a=3fe7bf4a85b7fb83
            3ff0000000000000=3feaf767a741088b bff0000000000000=bfeaf767a741088b
            3ff199999999999a=3fec2aa3d27302c0 3ff3333333333333=3fed214ac7b2d067
            3ff8000000000000=3feeea5557137ae0 4000000000000000=3fefd9ae142795e3
            c004000000000000=bfeffcaa8f4c9bea 4006666666666666=3fefff62af990752
            4007333333333333=3fefffa9cfbea4e3 4008000000000000=3fefffd1ac4135f9
            400c000000000000=3feffffe710d565e c00d99999999999a=bfefffffa642eefc
            3feaffffffffffff=3fe88d1cd474a2e0 3feb000000000000=3fe88d1cd474a2e0
            3ff3ffffffffffff=3fed8865d98abe00 3ff4000000000000=3fed8865d98abe00
            4006db6dffffffff=3fefff903243cbcd 4006db6e00000000=3fefff903243cbcd
            4010000000000000=3feffffff7b91176 4014000000000000=3fefffffffffc9e8
            c016000000000000=bfefffffffffffbe 401799999999999a=3fefffffffffffff
            4017ffffffffffff=3ff0000000000000 4018000000000000=3ff0000000000000
            c01c000000000000=bff0000000000000 7fefffffffffffff=3ff0000000000000
            7ff0000000000000=3ff0000000000000 fff0000000000000=bff0000000000000 7ff8000000000000=NaN
        ";
        check(f32::xla_erf, single, single_table);
        check(f64::xla_erf, f64::from_bits, double_table);
    }

    #[test]
    fn erf_inv_is_that_of_jax() {
        let single_table = "
            00000000=00000000 80000000=80000000 00000001=00000000 007fffff=00000000 80000001=80000000
            807fffff=80000000 00906ebb=00000000 00906ebc=00800000 80906ebb=80000000 80906ebc=80800000
            34000000=33e2dfc3 3a83126f=3a6851b2 3dcccccd=3db5fa21 be99999a=be8b803d 3f000000=3ef430fe
            3f23d70a=3f25b2e2 3f266666=3f292dbf bf4ccccd=bf67fc53 3f666666=3f94e009 3f733333=3fb1654b
            3f7d70a4=3fe92333 bf7eb852=bffe104b 3f7f222f=40049e06 3f7f237e=4004b353 3f7ff972=403010d3
            bf7fff58=c047e297 3f7fffff=407547ca 3f800000=7f800000 bf800000=ff800000 3f800001=NaN c0000000=NaN
            7f800000=NaN 7fc00000=NaN
        ";
        let double_table = "
            0000000000000000=0000000000000000 8000000000000000=8000000000000000
            0000000000000001=0000000000000000 000fffffffffffff=0000000000000000
            8000000000000001=8000000000000000 800fffffffffffff=8000000000000000
            00120dd750429b6c=0000000000000000 00120dd750429b6d=0010000000000000
            80120dd750429b6c=8000000000000000 80120dd750429b6d=8010000000000000
            3cb0000000000000=3cac5bf891b4ef6b 3f50624dd2f1a9fc=3f4d0a36543e1fd4
            3fb999999999999a=3fb6bf442539fd74 bfd3333333333333=bfd1700774485ed3
            3fe0000000000000=3fde861fbb24c008 3fe47ae147ae147b=3fe4b65c68ae0e41
            3fe4cccccccccccd=3fe525b82e0865c0 bfe999999999999a=bfecff8a2529bab5
            3feccccccccccccd=3ff29c0146770650 3fee666666666666=3ff62ca97d0fbb2b
            3fefae147ae147ae=3ffd2466082bb20e bfefd70a3d70a3d7=bfffc209c8de8e81
            3feff801d7ce505d=4002a7364fa8f242 3feff82bbedae7dc=4002af9edc972384
            3fefffffe14133d9=400eb352aefc3cfc 3fefffffe2541496=400ebc827a65dde6
            3fefff2e48e8a71e=4006022dcb01eab2 bfefffeb074a771d=c008fcc01949844a
            3feffffffaa19c47=4010357dae0f0693 bfeffffffff24190=c0124a92a03d0a4b
            3feffffffffffc7b=40150bc24952c76d 3fefffffffffffff=4017744f8f74e949
            3ff0000000000000=7ff0000000000000 bff0000000000000=fff0000000000000 3ff0000000000001=NaN
            c000000000000000=NaN 7ff0000000000000=NaN 7ff8000000000000=NaN
        ";
        check(f32::xla_erf_inv, single, single_table);
        check(f64::xla_erf_inv, f64::from_bits, double_table);
    }

    #[test]
    fn tan_is_that_of_jax() {
        let single_table = "
            00000000=00000000 80000000=80000000 3dcccccd=3dcd7c44 be99999a=be9e6153 3f000000=3f0bda7b
            3f333333=3f57a036 3f4ccccd=3f83cb32 bf800000=bfc75923 3f99999a=40249e23 3fa66666=406688d6
            3fb33333=40b98842 bfc00000=c1619f6b 3fc66666=42405041 3fc8f5c3=449cfb25 bfc90cb3=c6224a9e
            3ab78034=3ab7803c 34000000=34000000 3e800000=3e82bc2d bf400000=bf6e7d1b 3f8ccccd=3ffb7d40
            bfa00000=c0409cca
        ";
        let double_table = "
            0000000000000000=0000000000000000 8000000000000000=8000000000000000
            3fb999999999999a=3fb9af8877430b80 bfd3333333333333=bfd3cc2a44e29998
            3fe0000000000000=3fe17b4f5bf3474a 3fe6666666666666=3feaf406c2fc78ae
            3fe999999999999a=3ff079664793b60b bff0000000000000=bff8eb245cbee3a6
            3ff3333333333333=400493c43acb164d 3ff4cccccccccccd=400cd11b1696e97e
            3ff6666666666666=401731086dc00a35 bff8000000000000=c02c33ed50b88777
            3ff8cccccccccccd=40480a0bb6c0c707 3ff91eb851eb851f=40939f0ff737e7f3
            bff9219652bd3c36=c0c446a9e8d1a52f 3f56f0068db8bac7=3f56f0078924b988
            3cb0000000000000=3cb0000000000000 3fd0000000000000=3fd05785a43c4c56
            bfe8000000000000=bfedcfa36110eeec 3ff199999999999a=3fff6fa7d286214e
            bff4000000000000=c008139943e231a8
        ";
        check(f32::xla_tan, single, single_table);
        check(f64::xla_tan, f64::from_bits, double_table);
    }
}
