//! What nodes and clients ask without a transaction. The runtime API `StellaApi` (crate `stella-runtime-api`) passes
//! its questions on to these functions. They read and never write, and each looks at a bounded number of entries.

use crate::{commp, types::*, *};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use frame_support::traits::Get;
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use sp_runtime::traits::{One, Saturating};

/// Most deals in one answer of [`Pallet::live_deals_of`].
pub const DEALS_MAX: u32 = 1_000;
/// Most asks that one quote looks at.
const ASKS_MAX: usize = 10_000;
/// Padded bytes of the smallest piece.
const SIZE_MIN: u64 = 32 << Piece::HEIGHT_MIN;

/// What a deal must answer with its next proof.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Challenge<BlockNumber> {
    /// The seed that the proof names.
    pub seed: [u8; 32],
    /// The leaves it shows, in the order of the challenge; an index can come twice.
    pub indices: Vec<u64>,
    /// First block in which the proof is accepted.
    pub first: BlockNumber,
    /// Last block in which it is.
    pub last: BlockNumber,
}

/// What storing a piece costs at the asks of this block.
#[derive(Encode, Decode, TypeInfo, Clone, Default, PartialEq, Eq, Debug)]
pub struct Quote {
    /// Stores whose ask covers the piece. If they are fewer than the replicas, nothing is quoted: both prices are 0.
    pub stores: u32,
    /// Planck for one proving period of all replicas, at the cheapest of these asks.
    pub per_period: Balance,
    /// Planck for all periods of all replicas.
    pub total: Balance,
}

/// Where the chain stands in its epochs, and what it takes in this block.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct EpochStatus<BlockNumber> {
    pub epoch: u32,
    /// Seed and first block; none before block 1.
    pub info: Option<EpochInfo<BlockNumber>>,
    /// Blocks of the epoch that are over.
    pub offset: BlockNumber,
    /// Blocks of an epoch.
    pub length: BlockNumber,
    /// Verdicts about the epoch before can be committed.
    pub commit: bool,
    /// Verdicts about the epoch before can be revealed.
    pub reveal: bool,
    /// Verdicts about the epoch before, or the one before that, can be questioned.
    pub question: bool,
    /// The reputation of the last epoch but one can be attested.
    pub attest: bool,
}

impl<T: Config> Pallet<T> {
    /// Live deals of a Store in the order of the chain's keys, at most `limit` and [`DEALS_MAX`]. To go on, ask again
    /// with the last id as `after`; no answer means that there are no more.
    pub fn live_deals_of(store: &T::AccountId, after: Option<u64>, limit: u32) -> Vec<(u64, DealOf<T>)> {
        let ids = match after {
            Some(id) => LiveDeals::<T>::iter_key_prefix_from(store, LiveDeals::<T>::hashed_key_for(store, id)),
            None => LiveDeals::<T>::iter_key_prefix(store),
        };
        ids.take(limit.min(DEALS_MAX) as usize).filter_map(|id| Some((id, Deals::<T>::get(id)?))).collect()
    }

    /// What the next proof of a live deal answers; none before its seed is known, when the period is proven already, and
    /// when the next block comes too late for it.
    pub fn challenge_of(id: u64) -> Option<Challenge<BlockNumberFor<T>>> {
        let deal = Deals::<T>::get(id).filter(|deal| deal.state.is_live() && !deal.proven)?;
        let (first, end) = Self::proof_window(&deal);
        let next = Self::now().saturating_add(One::one());
        if next < first || next >= end {
            return None;
        }
        let seed = Seeds::<T>::get(first)?;
        let leaves = deal.piece.leaf_count();
        let indices = (0..T::ChallengesPerProof::get().into())
            .map(|challenge| commp::challenged_leaf(&seed, id, challenge, leaves))
            .collect();
        Some(Challenge { seed, indices, first, last: end.saturating_sub(One::one()) })
    }

    /// What `replicas` of a piece of `size` padded bytes cost for `periods`, each at another Store. No Store takes what
    /// is no piece: a padded size is a power of two.
    pub fn quote_of(size: u64, periods: u32, replicas: u8, tier: Tier) -> Quote {
        if !size.is_power_of_two() || size < SIZE_MIN {
            return Quote::default();
        }
        let now = Self::now();
        let covers = |ask: &AskOf<T>| {
            now < ask.expires_at
                && (ask.piece_size_min..=ask.piece_size_max).contains(&size)
                && size <= ask.capacity
                && periods <= ask.periods_max
                && tier == ask.tier
        };
        let takes_work = |store: &T::AccountId| {
            Self::working_role(Role::Store, store).is_ok() && Self::ensure_in_standing(Role::Store, store).is_ok()
        };
        let mut prices: Vec<Balance> = Asks::<T>::iter()
            .take(ASKS_MAX)
            .filter(|(store, ask)| covers(ask) && takes_work(store))
            .map(|(_, ask)| ask.price)
            .collect();
        prices.sort_unstable();
        let stores = prices.len() as u32;
        let per_period = prices.get(..replicas.into()).and_then(|cheapest| {
            cheapest.iter().try_fold(0, |sum: Balance, price| sum.checked_add(price_of(size, *price)?))
        });
        let quote = per_period
            .and_then(|per_period| Some(Quote { stores, per_period, total: per_period.checked_mul(periods.into())? }));
        quote.unwrap_or(Quote { stores, ..Default::default() })
    }

    /// Where the chain stands in its epochs.
    pub fn epoch_status() -> EpochStatus<BlockNumberFor<T>> {
        let (epoch, offset) = Self::phase();
        let length = T::EpochLength::get();
        let half = length / 2u32.into();
        let window = T::AttestationWindow::get();
        EpochStatus {
            epoch,
            info: Epochs::<T>::get(epoch),
            offset,
            length,
            commit: epoch >= 1 && offset < half,
            reveal: epoch >= 1 && offset >= half,
            question: (epoch >= 1 && offset >= half)
                || (epoch >= 2 && offset <= half.saturating_sub(T::AnswerWindow::get())),
            attest: epoch >= 2 && offset >= window / 2u32.into() && offset < window,
        }
    }
}

/// Planck for one period of one replica, as in [`Piece::price_of`].
fn price_of(size: u64, price: Balance) -> Option<Balance> {
    let height = size.checked_ilog2()?.checked_sub(5)?;
    Piece { root: [0; 32], height: height as u8, padding: 0 }.price_of(price, 1)
}
