//! What a transaction costs. Both parts are so set that a full block costs about the same whether its time or its
//! length fills it, and that a proof of possession costs far less than the piece earns: see decision 0018.

use crate::{constants::*, Balance};
use frame_support::{
    traits::ConstU128,
    weights::{ConstantMultiplier, Weight, WeightToFee},
};

/// Picoseconds of execution that one planck pays: a second costs 0.01 STL.
const PICOSECONDS_PER_PLANCK: u64 = 100;
/// Planck per byte of the extrinsic.
pub const PLANCK_PER_BYTE: Balance = STL / 250_000_000;

/// The price of execution time. Rounded up, so that nothing is free.
pub struct WeightFee;

impl WeightToFee for WeightFee {
    type Balance = Balance;

    fn weight_to_fee(weight: &Weight) -> Balance {
        weight.ref_time().div_ceil(PICOSECONDS_PER_PLANCK).into()
    }
}

/// The price of the bytes that every node keeps and sends.
pub type LengthFee = ConstantMultiplier<Balance, ConstU128<PLANCK_PER_BYTE>>;
