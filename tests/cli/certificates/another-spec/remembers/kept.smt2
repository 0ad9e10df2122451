; driver remembers
; kept: every event that happens in a state of the invariant ends in one
; Stated is the contrary, so nothing satisfies this when the claim is true.
(set-info :smt-lib-version 2.6)
(set-info :status unsat)
(set-logic QF_UF)

; Bits of the state before the event.
; as at first
(declare-const b0 Bool)
; bound
(declare-const b1 Bool)

; What the environment decides in the event.
(declare-const d0 Bool)
(declare-const d1 Bool)

; Formulas, each once.
(define-fun n0 () Bool (and (not b0) (not b1)))
(define-fun n1 () Bool (and b0 b1))
(define-fun n2 () Bool (and (not n1) (not n0)))
(define-fun n3 () Bool (and (not d0) b1))
(define-fun n4 () Bool (and d1 b0))
(define-fun n5 () Bool (and (not n4) (not n3)))
(define-fun n6 () Bool (and n4 n3))
(define-fun n7 () Bool (and (not n5) (not n6)))

; the bits stand for one state, and for what is known of the configuration in it
(define-fun well-formed () Bool n2)
(assert well-formed)

; an event happens
(define-fun event () Bool (not n5))
(assert event)

; the state after it is not in the invariant
(define-fun outside-after () Bool (not n7))
(assert outside-after)

(check-sat)
(exit)
