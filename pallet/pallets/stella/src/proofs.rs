//! Possession proofs: hard evidence (PP-2 to PP-5).

use crate::{agenda::Probes, commp, types::*, *};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{pallet_prelude::*, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, DispatchError};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_submit_proof(store: T::AccountId, id: u64, proof: PossessionProof) -> Result<bool, DispatchError> {
        Self::judge(store, id, proof.seed, |piece| {
            let answers = &proof.answers;
            let height = usize::from(piece.height);
            let whole = answers.len() == T::ChallengesPerProof::get() as usize;
            let formed = whole && answers.iter().all(|answer| answer.path.len() == height);
            let leaves = challenged::<T>(&proof.seed, id, piece);
            formed.then(|| leaves.zip(answers).all(|(leaf, answer)| commp::leads_to_root(piece, leaf, answer)))
        })
    }

    pub(crate) fn do_submit_multi_proof(
        store: T::AccountId,
        id: u64,
        proof: MultiProof,
    ) -> Result<bool, DispatchError> {
        Self::judge(store, id, proof.seed, |piece| {
            let distinct: BTreeSet<u64> = challenged::<T>(&proof.seed, id, piece).collect();
            let leaves: Vec<u64> = distinct.into_iter().collect();
            let root = commp::multi_root(piece.height, &leaves, &proof.leaves, &proof.nodes);
            root.map(|root| root == piece.root)
        })
    }

    /// Decides on a proof: `truth` says whether it leads to the root, or nothing if its form is wrong. Says whether a
    /// period was paid and nothing else was to do, the usual case.
    fn judge(
        store: T::AccountId,
        id: u64,
        seed: [u8; 32],
        truth: impl FnOnce(&Piece) -> Option<bool>,
    ) -> Result<bool, DispatchError> {
        let mut deal = Deals::<T>::get(id).ok_or(Error::<T>::NoSuchDeal)?;
        ensure!(deal.store == store, Error::<T>::NotTheStore);
        ensure!(deal.state.is_live(), Error::<T>::DealOver);
        let probes = &mut Probes::of_call();
        let late = Self::catch_up(id, &mut deal, probes)?;
        ensure!(deal.state.is_live(), Error::<T>::DealOver);
        ensure!(seed == Self::challenge_seed(&deal)?, Error::<T>::StaleSeed);
        let truth = truth(&deal.piece).ok_or(Error::<T>::MalformedProof)?;
        let first = deal.state == DealState::Accepted;
        match (first, truth) {
            (true, true) => Self::activate(id, &mut deal),
            (_, true) => Self::pay_period(id, &mut deal),
            (_, false) => Self::reject(id, &mut deal, probes)?,
        }
        let usual = truth && !first && !late;
        if deal.state.is_live() && !usual {
            Self::reschedule(id, &mut deal, probes);
        }
        Deals::<T>::insert(id, deal);
        Ok(usual)
    }

    /// Seed of the challenge that the deal must answer now.
    fn challenge_seed(deal: &DealOf<T>) -> Result<[u8; 32], DispatchError> {
        let (opens, closes) = Self::proof_window(deal);
        ensure!((opens..closes).contains(&Self::now()), Error::<T>::OutsideWindow);
        ensure!(!deal.proven, Error::<T>::AlreadyProven);
        Ok(Seeds::<T>::get(opens).ok_or(Error::<T>::OutsideWindow)?)
    }

    /// Blocks in which the next proof of a live deal is accepted: from the first, whose randomness is the seed, to
    /// before the second.
    pub(crate) fn proof_window(deal: &DealOf<T>) -> (BlockNumberFor<T>, BlockNumberFor<T>) {
        match deal.state {
            DealState::Accepted => {
                (Self::first_challenge(deal), deal.accepted_at.saturating_add(T::ActivationTimeout::get()))
            },
            _ => {
                let end = Self::period_end(deal);
                (end.saturating_sub(T::ProvingWindow::get()), end)
            },
        }
    }

    /// The first proof starts the periods; it is not paid.
    fn activate(id: u64, deal: &mut DealOf<T>) {
        let at = Self::now();
        deal.state = DealState::Active;
        deal.activated_at = Some(at);
        Self::record(&deal.store, HardEvidence::Ok);
        Self::deposit_event(Event::DealActivated { deal: id, at });
    }

    fn pay_period(id: u64, deal: &mut DealOf<T>) {
        let paid = deal.price.min(deal.reserved);
        Self::pay_reserved(&deal.client, &deal.store, paid);
        deal.reserved -= paid;
        deal.proven = true;
        deal.paid_periods.saturating_inc();
        deal.faults_in_row = 0;
        Self::record(&deal.store, HardEvidence::Ok);
        let (store, period) = (deal.store.clone(), deal.period);
        Self::deposit_event(Event::ProofAccepted { deal: id, store, period, paid });
    }

    /// A false proof is certain, so nothing is waited for: the first one ends the deal, a later one the period.
    fn reject(id: u64, deal: &mut DealOf<T>, probes: &mut Probes) -> DispatchResult {
        let (store, period) = (deal.store.clone(), deal.period);
        Self::deposit_event(Event::ProofRejected { deal: id, store, period });
        if deal.state == DealState::Accepted {
            Self::record(&deal.store, HardEvidence::Invalid);
            Self::finish_deal(id, deal, DealState::Lapsed, probes)
        } else {
            Self::close_period(id, deal, HardEvidence::Invalid, probes)
        }
    }

    /// Keeps the worst evidence about a Store in the current epoch.
    pub(crate) fn record(store: &T::AccountId, evidence: HardEvidence) {
        HardRecords::<T>::mutate(CurrentEpoch::<T>::get(), store, |worst| *worst = (*worst).max(Some(evidence)));
    }
}

/// The leaves that the deal must show under this seed, in the order of the challenges (PP-2).
fn challenged<T: Config>(seed: &[u8; 32], deal: u64, piece: &Piece) -> impl Iterator<Item = u64> {
    let (seed, leaves) = (*seed, piece.leaf_count());
    (0..T::ChallengesPerProof::get().into()).map(move |index| commp::challenged_leaf(&seed, deal, index, leaves))
}

/// Hashes that checking the proof takes at most, for its weight.
pub(crate) fn hashes(proof: &PossessionProof) -> u32 {
    proof.answers.iter().map(|answer| answer.path.len() as u32 + 1).sum()
}

/// The same for a multi-proof: each hash takes up one node that is given, or joins two that are known.
pub(crate) fn multi_hashes(proof: &MultiProof) -> u32 {
    (proof.leaves.len() + proof.nodes.len()) as u32
}
