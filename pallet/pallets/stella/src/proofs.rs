//! Possession proofs: hard evidence (PP-2 to PP-5).

use crate::{agenda::Probes, commp, types::*, *};
use frame_support::{pallet_prelude::*, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, DispatchError};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_submit_proof(store: T::AccountId, id: u64, proof: PossessionProof) -> DispatchResult {
        let mut deal = Deals::<T>::get(id).ok_or(Error::<T>::NoSuchDeal)?;
        ensure!(deal.store == store, Error::<T>::NotTheStore);
        ensure!(deal.state.is_live(), Error::<T>::DealOver);
        let probes = &mut Probes::of_call();
        if deal.state == DealState::Active && Self::now() >= Self::period_end(&deal) {
            // The agenda is late with the last period. That must not shut the Store out of this one.
            Self::close_period(id, &mut deal, HardEvidence::Missed, probes)?;
            ensure!(deal.state.is_live(), Error::<T>::DealOver);
        }

        ensure!(proof.seed == Self::challenge_seed(&deal)?, Error::<T>::StaleSeed);
        let height = usize::from(deal.piece.height);
        let complete = proof.answers.len() == T::ChallengesPerProof::get() as usize;
        ensure!(complete && proof.answers.iter().all(|answer| answer.path.len() == height), Error::<T>::MalformedProof);

        match (deal.state, is_true(id, &deal.piece, &proof)) {
            (DealState::Accepted, true) => Self::activate(id, &mut deal, probes)?,
            (_, true) => Self::pay_period(id, &mut deal),
            (_, false) => Self::reject(id, &mut deal, probes)?,
        }
        Deals::<T>::insert(id, deal);
        Ok(())
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
    fn proof_window(deal: &DealOf<T>) -> (BlockNumberFor<T>, BlockNumberFor<T>) {
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
    fn activate(id: u64, deal: &mut DealOf<T>, probes: &mut Probes) -> DispatchResult {
        let at = Self::now();
        deal.state = DealState::Active;
        deal.activated_at = Some(at);
        deal.deadline = Self::schedule(AgendaItem::Deal(id), Self::period_end(deal), probes)?;
        Self::record(&deal.store, HardEvidence::Ok);
        Self::deposit_event(Event::DealActivated { deal: id, at });
        Ok(())
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
            Self::end_deal(id, deal, DealState::Lapsed, probes)
        } else {
            Self::close_period(id, deal, HardEvidence::Invalid, probes)
        }
    }

    /// Keeps the worst evidence about a Store in the current epoch.
    pub(crate) fn record(store: &T::AccountId, evidence: HardEvidence) {
        HardRecords::<T>::mutate(CurrentEpoch::<T>::get(), store, |worst| *worst = (*worst).max(Some(evidence)));
    }
}

fn is_true(deal: u64, piece: &Piece, proof: &PossessionProof) -> bool {
    let leaves = piece.leaf_count();
    (0u64..).zip(&proof.answers).all(|(index, answer)| {
        commp::leads_to_root(piece, commp::challenged_leaf(&proof.seed, deal, index, leaves), answer)
    })
}

/// Hashes that checking the proof takes at most, for its weight.
pub(crate) fn hashes(proof: &PossessionProof) -> u32 {
    proof.answers.iter().map(|answer| answer.path.len() as u32 + 1).sum()
}
