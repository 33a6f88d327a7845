//! What follows from the shape of a stack alone, whatever the numbers: graph energy, reach, chains, skills.

use super::complexity::Stack;
use crate::facts::{PARTS, Part, Responsibility, SKILL_IDS};
use std::cell::RefCell;
use std::rc::Rc;

/// What the shape of a stack says.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Sum of the absolute eigenvalues of the adjacency matrix.
    pub energy: f64,
    /// Parts that a change in one part can reach, itself included, mean over the parts.
    pub reach: f64,
    /// Parts on the longest way along interfaces.
    pub longest_chain: u32,
    /// Skills that the parts take, a bit for each in the order of `SKILL_IDS`.
    pub skills: u128,
    /// Different parts, however often each is there.
    pub distinct: u32,
    /// Interfaces by who answers for their two ends: self-run, managed, used.
    pub interfaces: [[u32; 3]; 3],
    /// By part of the stack, in its order: how many interfaces touch it.
    pub degrees: Vec<u32>,
}

thread_local! {
    /// The structures of the stacks seen last: a slider changes numbers, and seldom a stack. It changes no result.
    static SEEN: RefCell<Vec<(Stack, Rc<Structure>)>> = const { RefCell::new(Vec::new()) };
}

/// Stacks that are remembered: the nine of a company, and those of some others.
const REMEMBERED: usize = 64;

impl Structure {
    /// The structure of a stack.
    #[must_use]
    pub fn of(stack: &Stack) -> Rc<Self> {
        SEEN.with_borrow_mut(|seen| {
            if let Some((_, known)) = seen.iter().find(|(other, _)| other == stack) {
                return Rc::clone(known);
            }
            let fresh = Rc::new(Self::compute(stack));
            if seen.len() == REMEMBERED {
                seen.remove(0);
            }
            seen.push((stack.clone(), Rc::clone(&fresh)));
            fresh
        })
    }

    fn compute(stack: &Stack) -> Self {
        let parts: Vec<Part> = stack.parts().map(|(part, _)| part).collect();
        let mut place = [usize::MAX; PARTS.len()];
        for (index, part) in parts.iter().enumerate() {
            place[*part as usize] = index;
        }
        let edges: Vec<(usize, usize)> =
            stack.interfaces().iter().map(|(from, to)| (place[*from as usize], place[*to as usize])).collect();
        let mut interfaces = [[0; 3]; 3];
        let mut degrees = vec![0; parts.len()];
        for (from, to) in &edges {
            interfaces[weight_class(parts[*from])][weight_class(parts[*to])] += 1;
            degrees[*from] += 1;
            degrees[*to] += 1;
        }
        let skills = parts.iter().fold(0, |set, part| set | skill_bit(*part));
        Self {
            energy: graph_energy(parts.len(), &edges),
            reach: propagation_cost(parts.len(), &edges) * parts.len() as f64,
            longest_chain: longest_chain(parts.len(), &edges),
            skills,
            distinct: parts.len() as u32,
            interfaces,
            degrees,
        }
    }
}

/// Index of a part's responsibility: self-run, managed, used.
#[must_use]
pub fn weight_class(part: Part) -> usize {
    match part.facts().responsibility {
        Responsibility::SelfRun => 0,
        Responsibility::Managed => 1,
        Responsibility::Used => 2,
    }
}

const _: () = assert!(SKILL_IDS.len() <= u128::BITS as usize, "a bit for each skill");

/// The bit of a part's skill.
#[must_use]
pub fn skill_bit(part: Part) -> u128 {
    1 << SKILL_IDS.iter().position(|skill| *skill == part.facts().skill).unwrap_or(0)
}

/// The energy of an undirected graph: the sum of the absolute eigenvalues of its adjacency matrix.
///
/// Cyclic Jacobi rotations, which need nothing beyond the four operations and the square root, and so give the same
/// bits on every machine; a linear-algebra crate would bring the platform's own `hypot`.
#[must_use]
pub fn graph_energy(nodes: usize, edges: &[(usize, usize)]) -> f64 {
    let mut matrix = vec![0.0_f64; nodes * nodes];
    for (a, b) in edges.iter().filter(|(a, b)| a != b) {
        matrix[a * nodes + b] = 1.0;
        matrix[b * nodes + a] = 1.0;
    }
    // Jacobi converges quadratically; a dozen sweeps are far more than these sizes need.
    for _ in 0..30 {
        let off: f64 = (0..nodes)
            .flat_map(|row| (0..row).map(move |column| (row, column)))
            .fold(0.0, |sum, (row, column)| sum + matrix[row * nodes + column] * matrix[row * nodes + column]);
        if off < 1e-24 {
            break;
        }
        for p in 0..nodes {
            for q in p + 1..nodes {
                rotate(&mut matrix, nodes, p, q);
            }
        }
    }
    (0..nodes).fold(0.0, |sum, node| sum + f64::abs(matrix[node * nodes + node]))
}

/// One Jacobi rotation, which makes the element at (p, q) vanish.
fn rotate(matrix: &mut [f64], nodes: usize, p: usize, q: usize) {
    let off = matrix[p * nodes + q];
    if off == 0.0 {
        return;
    }
    let theta = (matrix[q * nodes + q] - matrix[p * nodes + p]) / (2.0 * off);
    let sign = if theta < 0.0 { -1.0 } else { 1.0 };
    let tangent = sign / (f64::abs(theta) + f64::sqrt(theta * theta + 1.0));
    let cosine = 1.0 / f64::sqrt(tangent * tangent + 1.0);
    let sine = tangent * cosine;
    for k in 0..nodes {
        let (kp, kq) = (matrix[k * nodes + p], matrix[k * nodes + q]);
        matrix[k * nodes + p] = cosine * kp - sine * kq;
        matrix[k * nodes + q] = sine * kp + cosine * kq;
    }
    for k in 0..nodes {
        let (pk, qk) = (matrix[p * nodes + k], matrix[q * nodes + k]);
        matrix[p * nodes + k] = cosine * pk - sine * qk;
        matrix[q * nodes + k] = sine * pk + cosine * qk;
    }
}

/// The propagation cost of MacCormack, Rusnak and Baldwin: the share of ordered pairs of nodes, a node with itself
/// included, of which the first reaches the second.
#[must_use]
pub fn propagation_cost(nodes: usize, edges: &[(usize, usize)]) -> f64 {
    if nodes == 0 {
        return 0.0;
    }
    let mut reached: Vec<u128> = (0..nodes).map(|node| 1 << node).collect();
    loop {
        let mut changed = false;
        for (from, to) in edges {
            let more = reached[*from] | reached[*to];
            changed |= more != reached[*from];
            reached[*from] = more;
        }
        if !changed {
            break;
        }
    }
    let pairs: u32 = reached.iter().map(|set| set.count_ones()).sum();
    f64::from(pairs) / (nodes * nodes) as f64
}

/// Nodes on the longest way along edges. Should an edge close a ring, the way is cut at the number of nodes.
fn longest_chain(nodes: usize, edges: &[(usize, usize)]) -> u32 {
    let mut length = vec![1_u32; nodes];
    for _ in 1..nodes {
        let mut changed = false;
        for (from, to) in edges {
            if length[*to] + 1 > length[*from] {
                length[*from] = length[*to] + 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    length.into_iter().max().unwrap_or(0)
}
