//! Steps become calls of the chain as it stands.

use super::{
    ledger::DealBook,
    steps::{Action, Flaw, Who},
    world::{is_honest, World, ACCOUNTS},
};
use crate::{mock::*, types::*, *};
use codec::Encode;
use sp_io::hashing::blake2_256;
use std::collections::{BTreeMap, BTreeSet};

/// Heights and paddings of the pieces that clients ask for.
const PIECES: [(u32, u64); 3] = [(4, 0), (2, 60), (6, 800)];

thread_local! {
    static TREES: Vec<Tree> = PIECES.iter().map(|(height, _)| Tree::of_height(*height)).collect();
}

fn piece(pick: u8) -> Piece {
    let index = usize::from(pick) % PIECES.len();
    TREES.with(|trees| Piece { padding: PIECES[index].1, ..trees[index].piece() })
}

fn with_tree<R>(piece: &Piece, use_it: impl FnOnce(&Tree) -> R) -> R {
    TREES.with(|trees| {
        use_it(trees.iter().find(|tree| tree.piece().root == piece.root).expect("every root is of some tree"))
    })
}

/// The true proof of a piece that some client asked for.
fn proof(piece: &Piece, seed: [u8; 32], deal: u64) -> PossessionProof {
    with_tree(piece, |tree| tree.proof_of(piece, seed, deal))
}

/// The true proof in one of its two forms.
pub fn proof_call(deal: u64, piece: &Piece, seed: [u8; 32], multi: bool) -> Call<Test> {
    let proof = proof(piece, seed, deal);
    if multi {
        Call::submit_multi_proof { deal, proof: joined(piece, deal, &proof) }
    } else {
        Call::submit_proof { deal, proof }
    }
}

/// The same proof with each node once. It keeps what is wrong with the answers, if that can be kept.
fn joined(piece: &Piece, deal: u64, proof: &PossessionProof) -> MultiProof {
    let leaves = piece.leaf_count();
    let challenged = (0u64..).map(|index| commp::challenged_leaf(&proof.seed, deal, index, leaves));
    let answers: BTreeMap<u64, &ProofAnswer> = challenged.zip(&proof.answers).collect();
    let mut nodes = vec![];
    for level in 0..piece.height {
        let known: BTreeSet<u64> = answers.keys().map(|leaf| leaf >> level).collect();
        let given = |(leaf, answer): (&u64, &&ProofAnswer)| {
            let sibling = (leaf >> level) ^ 1;
            let node = answer.path.get(usize::from(level)).copied().unwrap_or_default();
            (!known.contains(&sibling)).then_some((sibling, node))
        };
        nodes.extend(answers.iter().filter_map(given).collect::<BTreeMap<_, _>>().into_values());
    }
    let leaves: Vec<_> = answers.values().map(|answer| answer.leaf).collect();
    MultiProof { seed: proof.seed, leaves: leaves.try_into().expect("few"), nodes: nodes.try_into().expect("few") }
}

fn account(pick: u8) -> AccountId {
    1 + u64::from(pick) % ACCOUNTS
}

/// One of them, if there are any.
fn one_of<T>(all: impl Iterator<Item = T>, pick: impl Into<usize>) -> Option<T> {
    let mut all: Vec<T> = all.collect();
    (!all.is_empty()).then(|| all.swap_remove(pick.into() % all.len()))
}

fn url(good: bool) -> Endpoint {
    if good {
        endpoint()
    } else {
        b"line\nbreak".to_vec().try_into().expect("the text is short")
    }
}

impl World<'_> {
    /// The call with its origin; none if it needs something that is not there yet.
    pub fn call_of(&mut self, who: Who, action: &Action) -> Option<(RuntimeOrigin, Call<Test>)> {
        let anyone = account(who.account);
        let rightful = |party: Option<AccountId>| party.filter(|_| !who.stranger).unwrap_or(anyone);
        let holder = |role| one_of(Roles::<Test>::iter_key_prefix(role), who.account);
        let (account, call) = match action.clone() {
            Action::Register { role, operator, good } => {
                let operator = operator.map(account);
                (anyone, Call::register_role { role, endpoint: url(good), operator })
            },
            Action::UpdateEndpoint { role, good } => {
                (rightful(holder(role)), Call::update_endpoint { role, endpoint: url(good) })
            },
            Action::Leave { role } => (anyone, Call::leave_role { role }),
            Action::WithdrawBond { role } => {
                let left = Roles::<Test>::iter_prefix(role).filter(|(_, entry)| entry.leaving_since.is_some());
                (rightful(one_of(left, who.account).map(|(account, _)| account)), Call::withdraw_bond { role })
            },
            Action::TopUp { amount } => (anyone, Call::top_up_credits { amount }),
            Action::WithdrawCredits { amount } => {
                let owner = one_of(Credits::<Test>::iter_keys(), who.account);
                (rightful(owner), Call::withdraw_credits { amount })
            },
            Action::PublishAsk { price, periods_max, pieces, tier, lasts } => {
                let expires_at = System::block_number() + u64::from(lasts);
                let capacity = u64::from(pieces) * 4096;
                let ask = Ask { price, periods_max, capacity, tier, expires_at, ..ask() };
                (rightful(holder(Role::Store)), Call::publish_ask { ask })
            },
            Action::WithdrawAsk => (anyone, Call::withdraw_ask {}),
            Action::Request { replicas, periods, price, tree, tier, damage } => {
                let whole = StorageRequest {
                    replicas,
                    periods,
                    price_max: price,
                    piece: piece(tree),
                    tier,
                    ..storage_request()
                };
                let client = one_of(Credits::<Test>::iter_keys(), who.account);
                (rightful(client), Call::request_storage { request: damaged(whole, damage) })
            },
            Action::Cancel { request } => {
                let request = u64::from(request) % (NextRequest::<Test>::get() + 1);
                let client = self.ledger.requests.get(&request).map(|book| book.client);
                (rightful(client), Call::cancel_request { request })
            },
            Action::Accept { request, price } => {
                let open = Requests::<Test>::iter().filter(|(_, request)| request.state == RequestState::Open);
                let Some((request, open)) = one_of(open, request).filter(|_| !who.stranger) else {
                    return Some((signed(anyone), Call::accept_deal { request: request.into(), price }));
                };
                let fits = Asks::<Test>::iter().filter(|(store, ask)| {
                    ask.tier == open.tier
                        && ask.periods_max >= open.periods
                        && !Replicas::<Test>::contains_key(request, store)
                });
                let (store, ask) = one_of(fits, who.account)?;
                let most = ask.price.min(open.price_max);
                // Often just the ask: only such a deal can be renewed.
                let price = if price % 2 == 0 { most } else { price.checked_rem(most + 1).unwrap_or(price) };
                (store, Call::accept_deal { request, price })
            },
            Action::Prove { deal, multi, flaw } => {
                let due = self.ledger.deals.iter().filter(|(_, book)| book.due_at(System::block_number()).is_some());
                let id =
                    one_of(due.map(|(id, _)| *id), deal).unwrap_or(u64::from(deal) % (NextDeal::<Test>::get() + 1));
                let store = rightful(self.ledger.deals.get(&id).map(|book| book.store));
                let proof = self.proof_with(id, store, flaw)?;
                let piece = Deals::<Test>::get(id)?.piece;
                let (own, multi) =
                    (joined(&piece, id, &proof), multi && !matches!(flaw, Some(Flaw::ShortPath | Flaw::LongPath)));
                let single = Call::submit_proof { deal: id, proof };
                (store, if multi { Call::submit_multi_proof { deal: id, proof: own } } else { single })
            },
            Action::Renew { deal, periods } => {
                let id = self.some_deal(deal, |book| book.activated_at.is_some());
                let client = rightful(self.ledger.deals.get(&id).map(|book| book.client));
                (client, Call::renew_deal { deal: id, periods })
            },
            Action::End { deal } => {
                let id = self.some_deal(deal, |_| true);
                (rightful(self.ledger.deals.get(&id).map(|book| book.client)), Call::end_deal { deal: id })
            },
            Action::Archive { deal, good } => {
                let filecoin = |deal: DealOf<Test>| deal.tier == Tier::Filecoin;
                let id = self.some_deal(deal, |book| Deals::<Test>::get(book.id).is_some_and(filecoin));
                let proposal = if good { storage_request().content } else { Default::default() };
                let archive = FilecoinDeal { deal_id: 7, provider: 1_000, proposal };
                let store = rightful(self.ledger.deals.get(&id).map(|book| book.store));
                (store, Call::record_archive { deal: id, archive })
            },
            Action::Question { verdict } => {
                let epochs = (0..3).map(epoch_back).collect::<BTreeSet<_>>();
                let revealed = Reveals::<Test>::iter().filter(|(epoch, ..)| epochs.contains(epoch));
                let all = revealed.flat_map(|(epoch, inspector, verdicts)| {
                    verdicts.into_iter().map(move |verdict| (epoch, inspector, verdict))
                });
                let open = all.filter(|(epoch, inspector, verdict)| {
                    let key = (*inspector, verdict.role, verdict.subject, verdict.item);
                    let fresh = !QuestionOf::<Test>::contains_key(epoch, key);
                    who.stranger || (fresh && matches!(verdict.outcome, Outcome::Ok { .. }))
                });
                let (epoch, inspector, Verdict { role, subject, item, .. }) = one_of(open, verdict)?;
                (anyone, Call::question_verdict { epoch, inspector, role, subject, item })
            },
            Action::Answer { question, damaged } => {
                let (question, open) = one_of(Questions::<Test>::iter(), question)?;
                let known = self.receipts.get(&(open.epoch, open.inspector, open.subject, open.item)).cloned();
                let mut receipt = known.unwrap_or(Receipt { deal: 0, proof: Tree::usual().answer(3) });
                receipt.proof.leaf[0] ^= u8::from(damaged);
                (rightful(Some(open.inspector)), Call::answer_question { question, receipt })
            },
            Action::Appeal => {
                let suspended = Reputation::<Test>::iter().filter(|(.., entry)| entry.standing == Standing::Suspended);
                let (role, account, _) = one_of(suspended, who.account)?;
                (rightful(Some(account)), Call::appeal { role })
            },
            Action::ConfirmOperator { role } => match one_of(OperatorClaims::<Test>::iter_prefix(role), who.account) {
                Some((account, operator)) => (rightful(Some(operator)), Call::confirm_operator { role, account }),
                None => (anyone, Call::confirm_operator { role, account: STORE }),
            },
            Action::TopUpWithAsset { asset, amount, credits_min } => {
                let asset = [1, FIL, FIL, BRAGGART][usize::from(asset) % 4];
                (anyone, Call::top_up_with_asset { asset, amount: amount % 50_000, credits_min })
            },
            Action::Disqualify { role, good } => {
                let account = holder(role)?;
                let reason: &[u8] = if good { b"caught in the act" } else { b"" };
                let reason = reason.to_vec().try_into().expect("the reason is short");
                let origin = if who.stranger { signed(anyone) } else { RuntimeOrigin::root() };
                return Some((origin, Call::disqualify { role, account, reason }));
            },
            Action::Commit { back, salt, verdicts } => {
                let inspector = rightful(holder(Role::Inspector));
                (inspector, self.commitment(inspector, back, salt, verdicts))
            },
            Action::Reveal { back, damaged } => {
                let epoch = epoch_back(back);
                let bound = self.secrets.range((epoch, 0)..=(epoch, AccountId::MAX)).map(|((_, account), _)| *account);
                let inspector = rightful(one_of(bound, who.account));
                (inspector, self.revelation(inspector, back, damaged))
            },
            Action::Attest { back, pick, carried } => {
                (rightful(holder(Role::Inspector)), self.attestation(back, pick, carried))
            },
            Action::SetAnchors { accounts } => {
                let inspectors = accounts.into_iter().map(account).chain(ANCHORS).collect::<Vec<_>>();
                let call = Call::set_anchors { inspectors: inspectors.try_into().expect("there are few") };
                let origin = if who.stranger { signed(anyone) } else { RuntimeOrigin::root() };
                return Some((origin, call));
            },
        };
        Some((signed(account), call))
    }

    /// A live deal that is wanted, if there is one.
    fn some_deal(&self, pick: u16, wanted: impl Fn(&DealBook) -> bool) -> u64 {
        let all = self.ledger.deals.iter().filter(|(_, book)| book.end.is_none() && wanted(book)).map(|(id, _)| *id);
        one_of(all, pick).unwrap_or(u64::from(pick) % (NextDeal::<Test>::get() + 1))
    }

    /// A proof for the challenge of this moment, or one like it; honest Stores never send a false one.
    fn proof_with(&self, id: u64, store: AccountId, flaw: Option<Flaw>) -> Option<PossessionProof> {
        let deal = Deals::<Test>::get(id)?;
        let seed_block = self.ledger.deals.get(&id)?.due_at(System::block_number());
        let seed = seed_block.and_then(Seeds::<Test>::get).unwrap_or_default();
        let mut proof = proof(&deal.piece, seed, id);
        match flaw {
            Some(Flaw::Leaf | Flaw::Sibling | Flaw::OtherDeal) if is_honest(store) => (),
            None => (),
            Some(Flaw::Leaf) => proof.answers[4].leaf[0] ^= 1,
            Some(Flaw::Sibling) => proof.answers[0].path[1][31] ^= 1,
            Some(Flaw::Seed) => proof.seed[0] ^= 1,
            Some(Flaw::OtherDeal) => proof = self::proof(&deal.piece, seed, id + 1),
            Some(Flaw::Missing) => drop(proof.answers.pop()),
            Some(Flaw::ShortPath) => drop(proof.answers[2].path.pop()),
            Some(Flaw::LongPath) => drop(proof.answers[2].path.try_push([0; 32])),
        }
        Some(proof)
    }

    /// The attestation of changes that everybody who picks the same number comes to.
    pub fn attestation(&self, back: u8, pick: u8, carried: bool) -> Call<Test> {
        let epoch = epoch_back(back);
        let chance = (epoch, pick).using_encoded(blake2_256);
        let entries: Vec<_> = chance.chunks(4).take(usize::from(pick)).map(change).collect();
        let changes = Changes { state: chance, entries: entries.try_into().expect("there are few") };
        let digest = blake2_256(&[changes.entries.encode(), changes.state.to_vec()].concat());
        Call::attest_reputation { epoch, digest, changes: carried.then_some(changes) }
    }
}

fn change(chance: &[u8]) -> ReputationChange<AccountId> {
    use Standing::*;
    let standing = [Trusted, Trusted, Suspended, Suspended, Probation, Suspended, Trusted, Disqualified];
    let standing = standing[usize::from(chance[1] % 16) % 8];
    let role = [Role::Store, Role::Store, Role::Fetch, Role::Inspector][usize::from(chance[2] % 4)];
    let weight = if role == Role::Inspector { 1_000_000 } else { 0 };
    let score = if chance[3] < 250 { 500_000 } else { 3_000_000 };
    // The anchors keep their standing, or soon nobody could attest anything.
    let account = 1 + u64::from(chance[0]) % (ANCHORS[0] - 1);
    ReputationChange { role, account, score, standing, weight }
}

pub fn epoch_back(back: u8) -> u32 {
    ((System::block_number() / EPOCH) as u32).saturating_sub(back.into())
}

/// The request with one thing wrong.
fn damaged(mut request: StorageRequest, damage: Option<u8>) -> StorageRequest {
    match damage {
        None => (),
        Some(0) => request.piece.height = 1,
        Some(1) => request.piece.height = 255,
        Some(2) => request.piece.padding = u64::MAX,
        Some(3) => request.content = Default::default(),
        Some(4) => request.source = Default::default(),
        Some(5) => request.source = url(false),
        Some(6) => request.asset = Some(1),
        Some(_) => request.price_max = Balance::MAX,
    }
    request
}

impl World<'_> {
    /// What an Inspector has committed to.
    pub fn revelation(&self, inspector: AccountId, back: u8, damaged: bool) -> Call<Test> {
        let epoch = epoch_back(back);
        let (mut salt, verdicts) = self.secrets.get(&(epoch, inspector)).cloned().unwrap_or_default();
        salt[0] ^= u8::from(damaged);
        Call::reveal_verdicts { epoch, salt, verdicts }
    }

    /// Binds an Inspector to verdicts, which the world remembers for it.
    pub fn commitment(&mut self, inspector: AccountId, back: u8, salt: u8, verdicts: Vec<(u8, u8, u8)>) -> Call<Test> {
        let epoch = epoch_back(back);
        let verdicts: Vec<_> = verdicts.into_iter().map(|verdict| self.verdict(epoch, inspector, verdict)).collect();
        let verdicts: VerdictsOf<Test> = verdicts.try_into().expect("there are few");
        let hash = blake2_256(&[verdicts.encode(), [salt; 32].to_vec()].concat());
        if !Commits::<Test>::contains_key(epoch, inspector) {
            self.secrets.insert((epoch, inspector), ([salt; 32], verdicts));
        }
        Call::commit_verdicts { epoch, hash }
    }

    /// A verdict; an `Ok` has a true receipt where the subject has a deal, or a forged one.
    fn verdict(
        &mut self,
        epoch: u32,
        inspector: AccountId,
        (subject, outcome, item): (u8, u8, u8),
    ) -> Verdict<AccountId> {
        let role = Role::Store;
        let deal = one_of(Deals::<Test>::iter(), subject);
        let subject = deal.as_ref().map_or(account(subject), |(_, deal)| deal.store);
        let outcome = match (outcome, deal.zip(Epochs::<Test>::get(epoch))) {
            (0, _) => Outcome::WrongBytes,
            (1, _) => Outcome::Refused,
            (2, _) => Outcome::AskBroken,
            (3, _) | (4 | 5, None) => Outcome::Unreachable,
            (4 | 5, Some(((id, deal), info))) => {
                let inspected = receipts::Inspected { inspector: &inspector, role, subject: &subject, item };
                let leaf = receipts::leaf(&info.seed, &inspected, deal.piece.leaf_count());
                let proof = with_tree(&deal.piece, |tree| tree.answer(leaf as usize));
                let receipt = receipts::digest(&proof);
                self.receipts.insert((epoch, inspector, subject, item), Receipt { deal: id, proof });
                Outcome::Ok { receipt }
            },
            _ => Outcome::Ok { receipt: [item; 32] },
        };
        Verdict { role, subject, item, outcome }
    }
}
