import { describe } from 'vitest'
import { nodeRuntime } from '../../../client/runtime/node.ts'
import { conformance } from '../../conformance/suite.ts'

describe('node', () => conformance(nodeRuntime))
