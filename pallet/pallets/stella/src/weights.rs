//! Weights, written by `pallet/scripts/benchmark.sh` from `benchmarking.rs`. Do not edit.
//!
//! 2026-11-24 on AMD EPYC, 20 steps, 20 repeats, compiled wasm, stella-weigh 0.1.0.
#![cfg_attr(rustfmt, rustfmt_skip)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What the calls and the parts of the hook weigh at most.
pub trait WeightInfo {
    fn register_role() -> Weight;
    fn update_endpoint() -> Weight;
    fn leave_role() -> Weight;
    fn withdraw_bond() -> Weight;
    fn top_up_credits() -> Weight;
    fn withdraw_credits() -> Weight;
    fn publish_ask() -> Weight;
    fn withdraw_ask() -> Weight;
    fn request_storage() -> Weight;
    fn cancel_request() -> Weight;
    fn accept_deal() -> Weight;
    fn top_up_with_asset() -> Weight;
    fn submit_proof(h: u32, ) -> Weight;
    fn submit_multi_proof(h: u32, ) -> Weight;
    fn paid_proof(h: u32, ) -> Weight;
    fn renew_deal() -> Weight;
    fn end_deal() -> Weight;
    fn record_archive() -> Weight;
    fn commit_verdicts() -> Weight;
    fn reveal_verdicts(v: u32, ) -> Weight;
    fn attest_reputation(i: u32, c: u32, ) -> Weight;
    fn set_anchors(a: u32, ) -> Weight;
    fn disqualify() -> Weight;
    fn appeal() -> Weight;
    fn question_verdict(v: u32, ) -> Weight;
    fn answer_question(h: u32, ) -> Weight;
    fn confirm_operator() -> Weight;
    fn tick() -> Weight;
    fn agenda_slot(i: u32, ) -> Weight;
    fn agenda_item() -> Weight;
    fn agenda_probe() -> Weight;
    fn prune_item() -> Weight;
    fn forget_item() -> Weight;
    fn endow_pallet_account() -> Weight;
}

/// Weights of a runtime with its own costs of storage access.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn register_role() -> Weight {
        // At least 156_933_000 picoseconds.
        Weight::from_parts(159_667_000, 1158)
            .saturating_add(T::DbWeight::get().reads(7))
            .saturating_add(T::DbWeight::get().writes(6))
    }
    fn update_endpoint() -> Weight {
        // At least 24_567_000 picoseconds.
        Weight::from_parts(25_427_000, 368)
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn leave_role() -> Weight {
        // At least 41_031_000 picoseconds.
        Weight::from_parts(41_983_000, 456)
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    fn withdraw_bond() -> Weight {
        // At least 141_871_000 picoseconds.
        Weight::from_parts(143_984_000, 578)
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(6))
    }
    fn top_up_credits() -> Weight {
        // At least 115_151_000 picoseconds.
        Weight::from_parts(117_284_000, 233)
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    fn withdraw_credits() -> Weight {
        // At least 116_153_000 picoseconds.
        Weight::from_parts(117_625_000, 335)
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    fn publish_ask() -> Weight {
        // At least 27_872_000 picoseconds.
        Weight::from_parts(28_352_000, 368)
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn withdraw_ask() -> Weight {
        // At least 18_938_000 picoseconds.
        Weight::from_parts(19_969_000, 196)
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn request_storage() -> Weight {
        // At least 208_710_000 picoseconds.
        Weight::from_parts(213_677_000, 11775)
            .saturating_add(T::DbWeight::get().reads(33))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    fn cancel_request() -> Weight {
        // At least 39_118_000 picoseconds.
        Weight::from_parts(40_170_000, 549)
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    fn accept_deal() -> Weight {
        // At least 392_793_000 picoseconds.
        Weight::from_parts(399_312_000, 12809)
            .saturating_add(T::DbWeight::get().reads(40))
            .saturating_add(T::DbWeight::get().writes(11))
    }
    fn top_up_with_asset() -> Weight {
        // At least 61_762_000 picoseconds.
        Weight::from_parts(63_004_000, 130)
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    /// `h` is 15 to 255.
    fn submit_proof(h: u32, ) -> Weight {
        // At least 606_951_000 picoseconds.
        Weight::from_parts(638_968_393, 13528)
            .saturating_add(Weight::from_parts(602_247, 0).saturating_mul(h.into()))
            .saturating_add(T::DbWeight::get().reads(44))
            .saturating_add(T::DbWeight::get().writes(13))
    }
    /// `h` is 15 to 250.
    fn submit_multi_proof(h: u32, ) -> Weight {
        // At least 595_704_000 picoseconds.
        Weight::from_parts(606_958_146, 13528)
            .saturating_add(Weight::from_parts(803_232, 0).saturating_mul(h.into()))
            .saturating_add(T::DbWeight::get().reads(44))
            .saturating_add(T::DbWeight::get().writes(13))
    }
    /// `h` is 15 to 255.
    fn paid_proof(h: u32, ) -> Weight {
        // At least 187_318_000 picoseconds.
        Weight::from_parts(201_729_891, 1024)
            .saturating_add(Weight::from_parts(671_990, 0).saturating_mul(h.into()))
            .saturating_add(T::DbWeight::get().reads(7))
            .saturating_add(T::DbWeight::get().writes(5))
    }
    fn renew_deal() -> Weight {
        // At least 192_956_000 picoseconds.
        Weight::from_parts(239_065_000, 1375)
            .saturating_add(T::DbWeight::get().reads(7))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    fn end_deal() -> Weight {
        // At least 324_091_000 picoseconds.
        Weight::from_parts(349_549_000, 1739)
            .saturating_add(T::DbWeight::get().reads(9))
            .saturating_add(T::DbWeight::get().writes(12))
    }
    fn record_archive() -> Weight {
        // At least 47_250_000 picoseconds.
        Weight::from_parts(67_230_000, 565)
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn commit_verdicts() -> Weight {
        // At least 46_179_000 picoseconds.
        Weight::from_parts(59_048_000, 541)
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// `v` is 0 to 1024.
    fn reveal_verdicts(v: u32, ) -> Weight {
        // At least 55_852_000 picoseconds.
        Weight::from_parts(60_989_017, 655)
            .saturating_add(Weight::from_parts(368_025, 0).saturating_mul(v.into()))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// `i` is 1 to 256.
    /// `c` is 0 to 512.
    fn attest_reputation(i: u32, c: u32, ) -> Weight {
        // At least 7_440_902_000 picoseconds.
        Weight::from_parts(629_026_325, 215)
            .saturating_add(Weight::from_parts(30_917_511, 0).saturating_mul(i.into()))
            .saturating_add(Weight::from_parts(27_935_125, 0).saturating_mul(c.into()))
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(i.into())))
            .saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(c.into())))
            .saturating_add(T::DbWeight::get().writes(3))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(c.into())))
            .saturating_add(Weight::from_parts(0, 398).saturating_mul(i.into()))
            .saturating_add(Weight::from_parts(0, 152).saturating_mul(c.into()))
    }
    /// `a` is 0 to 32.
    fn set_anchors(a: u32, ) -> Weight {
        // At least 10_987_000 picoseconds.
        Weight::from_parts(16_055_000, 112)
            .saturating_add(Weight::from_parts(25_638_000, 0).saturating_mul(a.into()))
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(a.into())))
            .saturating_add(T::DbWeight::get().writes(1))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(a.into())))
            .saturating_add(Weight::from_parts(0, 153).saturating_mul(a.into()))
    }
    fn disqualify() -> Weight {
        // At least 80_299_000 picoseconds.
        Weight::from_parts(81_821_000, 514)
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    fn appeal() -> Weight {
        // At least 338_102_000 picoseconds.
        Weight::from_parts(343_529_000, 12236)
            .saturating_add(T::DbWeight::get().reads(37))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    /// `v` is 1 to 1024.
    fn question_verdict(v: u32, ) -> Weight {
        // At least 339_244_000 picoseconds.
        Weight::from_parts(366_284_950, 11966)
            .saturating_add(Weight::from_parts(170_153, 0).saturating_mul(v.into()))
            .saturating_add(T::DbWeight::get().reads(37))
            .saturating_add(T::DbWeight::get().writes(6))
            .saturating_add(Weight::from_parts(0, 67).saturating_mul(v.into()))
    }
    /// `h` is 2 to 50.
    fn answer_question(h: u32, ) -> Weight {
        // At least 145_206_000 picoseconds.
        Weight::from_parts(148_279_000, 1170)
            .saturating_add(Weight::from_parts(661_500, 0).saturating_mul(h.into()))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    fn confirm_operator() -> Weight {
        // At least 32_398_000 picoseconds.
        Weight::from_parts(35_803_000, 414)
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    fn tick() -> Weight {
        // At least 43_965_000 picoseconds.
        Weight::from_parts(47_931_000, 407)
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(5))
    }
    /// `i` is 0 to 200.
    fn agenda_slot(i: u32, ) -> Weight {
        // At least 13_219_000 picoseconds.
        Weight::from_parts(14_592_000, 88)
            .saturating_add(Weight::from_parts(62_476, 0).saturating_mul(i.into()))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
            .saturating_add(Weight::from_parts(0, 9).saturating_mul(i.into()))
    }
    fn agenda_item() -> Weight {
        // At least 401_156_000 picoseconds.
        Weight::from_parts(420_824_000, 12128)
            .saturating_add(T::DbWeight::get().reads(15))
            .saturating_add(T::DbWeight::get().writes(13))
    }
    fn agenda_probe() -> Weight {
        // At least 8_773_000 picoseconds.
        Weight::from_parts(9_073_000, 6903)
            .saturating_add(T::DbWeight::get().reads(1))
    }
    fn prune_item() -> Weight {
        // At least 13_530_000 picoseconds.
        Weight::from_parts(13_750_000, 141)
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn forget_item() -> Weight {
        // At least 22_573_000 picoseconds.
        Weight::from_parts(23_675_000, 367)
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    fn endow_pallet_account() -> Weight {
        // At least 54_601_000 picoseconds.
        Weight::from_parts(55_353_000, 0)
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
}
