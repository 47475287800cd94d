import type { Result } from '../base/result.ts';
import type { Approval, Envelope, PartPair, Recall, Register, Signer, TrustFault } from './types.ts';

/** The joint approval of a language part with its shared part, from these statements, or why there is none. */
export async function approvalOf(
	_pair: PartPair,
	_statements: readonly Envelope[],
	_register: Register
): Promise<Result<Approval, TrustFault>> {
	throw new Error('being written');
}
/** The recalls in force on a pair of parts; pass remembered statements together with newly fetched ones. */
export async function recallsOf(
	_pair: PartPair,
	_statements: readonly Envelope[],
	_register: Register
): Promise<Recall[]> {
	throw new Error('being written');
}
/** Reads a JSON list of envelopes (`approvals` blob of a target, `recalls/<id>.json`); bad entries are a fault. */
export function readEnvelopes(_bytes: Uint8Array): Result<Envelope[], TrustFault> {
	throw new Error('being written');
}
/** Signs a statement as a DSSE envelope. */
export async function signStatement(_statement: unknown, _signers: readonly Signer[]): Promise<Envelope> {
	throw new Error('being written');
}
