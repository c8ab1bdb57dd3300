//! Accounts that act for others: the cold key keeps the money, a hot key on the machine does the work.

use crate::{constants::STL, *};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::{ConstU128, ConstU32, InstanceFilter};
use scale_info::TypeInfo;
use sp_runtime::traits::BlakeTwo256;

/// What a proxy may do.
#[derive(
    Clone,
    Copy,
    Default,
    Eq,
    PartialEq,
    Ord,
    PartialOrd,
    Encode,
    Decode,
    DecodeWithMemTracking,
    Debug,
    MaxEncodedLen,
    TypeInfo,
)]
pub enum ProxyType {
    /// Everything.
    #[default]
    #[codec(index = 0)]
    Any,
    /// Every call of Stella, those that bind or pay money among them.
    #[codec(index = 1)]
    Storage,
    /// The work of a node that holds roles already: proofs and inspections. A stolen key of this kind can lose
    /// collateral and reputation, but moves no money to anybody else.
    #[codec(index = 2)]
    Work,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
    fn filter(&self, call: &RuntimeCall) -> bool {
        use pallet_stella::Call::*;
        match self {
            ProxyType::Any => true,
            ProxyType::Storage => matches!(call, RuntimeCall::Stella(_)),
            ProxyType::Work => matches!(
                call,
                RuntimeCall::Stella(
                    submit_proof { .. }
                        | submit_multi_proof { .. }
                        | record_archive { .. }
                        | commit_verdicts { .. }
                        | reveal_verdicts { .. }
                        | attest_reputation { .. }
                        | answer_question { .. }
                )
            ),
        }
    }

    fn is_superset(&self, other: &Self) -> bool {
        self <= other
    }
}

impl pallet_proxy::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type Currency = Balances;
    type ProxyType = ProxyType;
    type ProxyDepositBase = ConstU128<{ STL / 10 }>;
    type ProxyDepositFactor = ConstU128<{ STL / 10 }>;
    type MaxProxies = ConstU32<8>;
    type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
    type MaxPending = ConstU32<8>;
    type CallHasher = BlakeTwo256;
    type AnnouncementDepositBase = ConstU128<{ STL / 10 }>;
    type AnnouncementDepositFactor = ConstU128<{ STL / 10 }>;
    type BlockNumberProvider = System;
}
