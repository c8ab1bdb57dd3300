//! Runs every benchmark of one pallet in a runtime's wasm, compiled as a node compiles it, and writes the pallet's
//! weights by a template:
//!
//! ```text
//! stella-weigh WASM PALLET STEPS REPEATS TEMPLATE OUTPUT
//! ```
//!
//! STEPS points are measured of each component, each REPEATS times. Storage accesses are counted in a run of their
//! own. It asks the runtime the same questions as `frame-omni-bencher` (runtime API `Benchmark`) and takes the same
//! template; see docs/decisions/0033.

mod report;
mod runtime;

use codec::Encode;
use frame_benchmarking::{BenchmarkBatch, BenchmarkList, BenchmarkParameter, BenchmarkResult};
use runtime::Runtime;
use sp_core::traits::CallContext;
use std::{error::Error, fs};

type Components = Vec<(BenchmarkParameter, u32)>;

/// What one benchmark gave.
pub struct Measured {
    pub name: String,
    /// Name, lowest and highest value of each component.
    pub ranges: Vec<(BenchmarkParameter, u32, u32)>,
    /// Runs for the time.
    pub times: Vec<BenchmarkResult>,
    /// Runs in which storage was counted.
    pub accesses: Vec<BenchmarkResult>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [wasm, pallet, steps, repeats, template, output] = args.as_slice() else {
        return Err("usage: stella-weigh WASM PALLET STEPS REPEATS TEMPLATE OUTPUT".into());
    };
    let (steps, repeats): (u32, u32) = (steps.parse()?, repeats.parse()?);
    if steps < 2 || repeats < 1 {
        return Err("a slope needs at least 2 steps of 1 repeat".into());
    }
    let code = fs::read(wasm).map_err(|e| format!("{wasm}: {e}"))?;
    let timed = Runtime::new(code.clone(), false)?;
    let counted = Runtime::new(code, true)?;

    let mut measured = Vec::new();
    let (instance, benchmarks) = benchmarks(&timed, pallet)?;
    for (name, ranges) in benchmarks {
        let run = |runtime, point: &Components, verify, repeats| {
            // pallet, instance, benchmark, components, verify, internal repeats: version 2 of the runtime API.
            let config = (pallet.as_bytes(), &instance, name.as_bytes(), point, verify, repeats);
            run(runtime, &config.encode()).map_err(|e| format!("{pallet}::{name} at {point:?}: {e}"))
        };
        eprintln!("weigh: {name}");
        let (mut times, mut accesses) = (Vec::new(), Vec::new());
        for point in points(&ranges, steps) {
            // Once with the benchmark's own check of what it did, which costs time and so is not measured.
            run(&timed, &point, true, 1)?;
            accesses.extend(run(&counted, &point, false, 1)?);
            times.extend(run(&timed, &point, false, repeats)?);
        }
        measured.push(Measured { name, ranges, times, accesses });
    }
    fs::write(output, report::render(&fs::read_to_string(template)?, &measured, steps, repeats)?)?;
    eprintln!("weigh: {} benchmarks, written to {output}", measured.len());
    Ok(())
}

type Ranges = Vec<(BenchmarkParameter, u32, u32)>;

/// The name of the pallet in this runtime, and its benchmarks in the order in which it declares them.
fn benchmarks(runtime: &Runtime, pallet: &str) -> Result<(Vec<u8>, Vec<(String, Ranges)>), Box<dyn Error>> {
    // What follows the lists, about storage, is not of interest here.
    let lists: Vec<BenchmarkList> =
        runtime.call("Benchmark_benchmark_metadata", &false.encode(), CallContext::Offchain)?;
    let list = lists.into_iter().find(|list| list.pallet == pallet.as_bytes());
    let list = list.ok_or_else(|| format!("the runtime has no benchmarks of {pallet}: was it built with runtime-benchmarks?"))?;
    let named = |it: frame_benchmarking::BenchmarkMetadata| Ok((String::from_utf8(it.name)?, it.components));
    let benchmarks: Result<_, Box<dyn Error>> = list.benchmarks.into_iter().map(named).collect();
    Ok((list.instance, benchmarks?))
}

/// Each component in `steps` equal steps over its range, the others at their highest: slopes are wanted where they hurt.
fn points(ranges: &Ranges, steps: u32) -> Vec<Components> {
    if ranges.is_empty() {
        return vec![Vec::new()];
    }
    let highest: Components = ranges.iter().map(|(name, _, high)| (*name, *high)).collect();
    let mut points = Vec::new();
    for (index, (_, low, high)) in ranges.iter().enumerate() {
        for step in 0..steps {
            let mut point = highest.clone();
            point[index].1 = low + (u64::from(high - low) * u64::from(step) / u64::from(steps - 1)) as u32;
            points.push(point);
        }
    }
    points
}

fn run(runtime: &Runtime, config: &[u8]) -> Result<Vec<BenchmarkResult>, Box<dyn Error>> {
    let batches: Result<Vec<BenchmarkBatch>, String> =
        runtime.call("Benchmark_dispatch_benchmark", config, CallContext::Offchain)?;
    let results: Vec<_> = batches?.into_iter().flat_map(|batch| batch.results).collect();
    if results.is_empty() {
        return Err("the runtime ran nothing".into());
    }
    Ok(results)
}
